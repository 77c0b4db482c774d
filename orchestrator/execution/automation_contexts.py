"""What the functions of schedules and sensors are given."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.run_requests import check_text
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ContextError, DefinitionError, InvariantError
from orchestrator.execution.built_resources import BuiltResources
from orchestrator.execution.logs import direct_logger
from orchestrator.runs.event_log import EventLogRecord
from orchestrator.runs.event_type import EventType
from orchestrator.runs.filters import EventRecordsFilter


class StartedResources:
    """Resources that somebody else starts and tears down.

    Args:
        by_key: what user code gets.
    """

    def __init__(self, by_key: Mapping[str, Any]) -> None:
        self.by_key = by_key

    @property
    def attributes(self) -> Resources:
        """What user code gets, as attributes."""
        return Resources(self.by_key, self.by_key)

    def enter(self) -> None:
        """Nothing: somebody else does it."""

    def close(self) -> None:
        """Nothing: somebody else does it."""


class AutomationContext:
    """What schedules and sensors have in common. A context manager, for resources that clean up.

    Args:
        resources: those of the function.
        instance: where runs are recorded.
        definitions: the code location.
        log: takes what the function logs.
    """

    def __init__(
        self,
        resources: BuiltResources | StartedResources,
        instance: Any = None,
        definitions: Any = None,
        log: logging.Logger | None = None,
    ) -> None:
        self.built_resources = resources
        self._instance = instance
        self.definitions = definitions
        self.log: logging.Logger = direct_logger() if log is None else log

    @property
    def instance(self) -> Any:
        """Where runs are recorded.

        Raises:
            InvariantError: it was built without one.
        """
        if self._instance is None:
            raise InvariantError("this context has no instance", hint="build it with instance=...")
        return self._instance

    @property
    def resources(self) -> Resources:
        """The resources that the function uses, as attributes."""
        return self.built_resources.attributes

    def __enter__(self) -> Self:
        self.built_resources.enter()
        return self

    def __exit__(self, *_: object) -> None:
        """Tear down the resources it was built with."""
        self.built_resources.close()


class ScheduleEvaluationContext(AutomationContext):
    """What the function of a schedule is given.

    Args:
        scheduled_execution_time: the time it is evaluated for.
        common: see `AutomationContext`.
    """

    def __init__(self, scheduled_execution_time: datetime | None = None, **common: Any) -> None:
        super().__init__(**common)
        self._scheduled = scheduled_execution_time

    @property
    def scheduled_execution_time(self) -> datetime:
        """The time it is evaluated for, in the time zone of the schedule.

        Raises:
            DefinitionError: the context was built without one.
        """
        if self._scheduled is None:
            raise DefinitionError(
                "this context has no scheduled time", hint="build_schedule_context(scheduled_execution_time=...)"
            )
        return self._scheduled

    @property
    def repository_def(self) -> Any:
        """The code location.

        Raises:
            InvariantError: the context was built without one.
        """
        if self.definitions is None:
            raise InvariantError("this context has no definitions", hint="build_schedule_context(repository_def=...)")
        return self.definitions


class SensorEvaluationContext(AutomationContext):
    """What the function of a sensor is given.

    Args:
        cursor: what the last evaluation left.
        sensor_name: of the sensor.
        repository_name: of the code location.
        last_run_key: the run key that was requested last.
        last_tick: when it was evaluated last, in seconds since 1970.
        last_start: when it was started, in seconds since 1970.
        common: see `AutomationContext`.
    """

    def __init__(
        self,
        *,
        cursor: str | None = None,
        sensor_name: str | None = None,
        repository_name: str | None = None,
        last_run_key: str | None = None,
        last_tick: float | None = None,
        last_start: float | None = None,
        **common: Any,
    ) -> None:
        super().__init__(**common)
        check_text(cursor, "cursor", "a context")
        self._cursor = cursor
        self._sensor_name = sensor_name
        self.repository_name = repository_name
        self.last_run_key = last_run_key
        self.last_tick_completion_time = last_tick
        self.last_completion_time = last_tick
        self.last_sensor_start_time = last_start
        self.cursor_updated = False
        #: What the function raised for one of several runs, if it did.
        self.error: BaseException | None = None

    @property
    def cursor(self) -> str | None:
        """What the last evaluation left, or this one has set."""
        return self._cursor

    def update_cursor(self, cursor: str | None) -> None:
        """Set what `cursor` is the next time; it is kept only if the evaluation succeeds.

        Raises:
            ArgumentError: it is no text.
        """
        check_text(cursor, "cursor", "update_cursor")
        self._cursor = cursor
        self.cursor_updated = True

    @property
    def sensor_name(self) -> str:
        """The name of the sensor.

        Raises:
            ContextError: the context was built without one.
        """
        if self._sensor_name is None:
            raise ContextError("this context names no sensor", hint="build_sensor_context(sensor_name=...)")
        return self._sensor_name

    @property
    def is_first_tick_since_sensor_start(self) -> bool:
        """Whether it was not evaluated since it was started."""
        last = self.last_tick_completion_time
        return last is None or (self.last_sensor_start_time is not None and last < self.last_sensor_start_time)

    @property
    def repository_def(self) -> Any:
        """The code location, if it is known."""
        return self.definitions

    def new_materialization(self, key: AssetKey) -> EventLogRecord | None:
        """The newest materialization of an asset, if the cursor does not know it yet."""
        return materialization_after(self, key, event_number(self.cursor))

    def for_assets(self, monitored: Any) -> Any:
        """The same for a sensor of several assets."""
        return fetch("execution.asset_sensor_context", "MultiAssetSensorEvaluationContext")(monitored, self)


def materialization_after(context: SensorEvaluationContext, key: AssetKey, after: int) -> EventLogRecord | None:
    """The newest materialization of an asset, if it was stored after the event with a number."""
    wanted = EventRecordsFilter(EventType.ASSET_MATERIALIZATION, key, after_cursor=after)
    found: list[EventLogRecord] = context.instance.get_event_records(wanted, limit=1)
    return found[0] if found else None


def event_number(cursor: str | None) -> int:
    """The number of an event that a cursor is; 0 if there is none.

    Raises:
        InvariantError: it is no number.
    """
    if cursor is None:
        return 0
    try:
        return int(cursor)
    except ValueError:
        raise InvariantError(
            f"the cursor {cursor!r:.60} is no number of an event", hint="reset the cursor of the sensor"
        ) from None
