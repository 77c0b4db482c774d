"""Sensors of runs: which runs came to a status, and what their functions are given."""

import logging
from collections.abc import Iterator
from inspect import isgenerator
from typing import Any

from orchestrator.definitions.resources import Resources
from orchestrator.definitions.run_requests import RunRequest, SensorResult, SkipReason
from orchestrator.definitions.run_status_sensors import RunStatusSensorDefinition
from orchestrator.errors import DefinitionError, InvariantError
from orchestrator.execution.automation_contexts import SensorEvaluationContext, StartedResources, event_number
from orchestrator.execution.built_resources import BuiltResources
from orchestrator.runs.event_view import EventView
from orchestrator.runs.events import RunFinished, RunStarted
from orchestrator.runs.records import Run

#: Put on runs that a sensor requests.
SENSOR_TAG = "dagster/sensor_name"
#: At most so many runs at one tick.
_AT_ONCE = 100
_PARTITION_TAG = "dagster/partition"


class RunStatusSensorContext:
    """What the function of a sensor of runs is given.

    Args:
        sensor_name: of the sensor.
        run: the run.
        event: what brought it to its status: an `EventView`.
        instance: where runs are recorded.
        resources: those of the function.
        log: takes what the function logs.
        partition_key: the part of the assets that the run was for.
        definitions: the code location.
    """

    def __init__(
        self,
        *,
        sensor_name: str,
        run: Any,
        event: Any,
        instance: Any,
        resources: BuiltResources | StartedResources,
        log: logging.Logger,
        partition_key: str | None = None,
        definitions: Any = None,
    ) -> None:
        self.sensor_name = sensor_name
        self.dagster_run = run
        self.dagster_event = event
        self.instance = instance
        self.built_resources = resources
        self.log = log
        self._partition_key = partition_key
        self.repository_def = definitions

    @property
    def resources(self) -> Resources:
        """The resources that the function uses, as attributes."""
        return self.built_resources.attributes

    @property
    def partition_key(self) -> str | None:
        """The part of the assets that the run was for."""
        found: str | None = self._partition_key or self.dagster_run.tags.get(_PARTITION_TAG)
        return found

    def for_run_failure(self) -> "RunFailureSensorContext":
        """The same for a run that failed."""
        return RunFailureSensorContext(**self._parts())

    def for_status(self, status: str) -> "RunStatusSensorContext":
        """The same for a run that came to a status."""
        return self.for_run_failure() if status == "FAILURE" else self

    def _parts(self) -> dict[str, Any]:
        return {
            "sensor_name": self.sensor_name,
            "run": self.dagster_run,
            "event": self.dagster_event,
            "instance": self.instance,
            "resources": self.built_resources,
            "log": self.log,
            "partition_key": self._partition_key,
            "definitions": self.repository_def,
        }


class RunFailureSensorContext(RunStatusSensorContext):
    """What the function of a sensor of failed runs is given."""

    @property
    def failure_event(self) -> Any:
        """The end of the run."""
        return self.dagster_event

    def get_step_failure_events(self) -> list[EventView]:
        """The events of the steps that failed."""
        run = self.dagster_run
        stored = self.instance.store.events(run_id=run.run_id, types=("step_failed",))
        return [EventView(one.event, run.job_name) for one in stored]


def react_to_runs(sensor: RunStatusSensorDefinition, context: SensorEvaluationContext, resources: Any) -> Any:
    """What the function of a sensor answers for each run that came to its status since the last time.

    What it raises for a run is kept in `context.error`, and the cursor moves past that run: a mail that cannot be sent
    must not keep the next from being sent.
    """
    if context.cursor is None:
        newest = max((number for number, _ in _changes(context.instance, sensor.status_name, 0)), default=0)
        context.update_cursor(str(newest))
        return SkipReason(f"{sensor.where} looks at what becomes of runs from now on")
    requests: list[RunRequest] = []
    for number, run, event in _runs(sensor, context):
        one = RunStatusSensorContext(
            sensor_name=sensor.name,
            run=run,
            event=event,
            instance=context.instance,
            resources=context.built_resources,
            log=context.log,
            definitions=context.definitions,
        )
        try:
            requests += _requests(sensor, sensor.call(one.for_status(sensor.status_name), resources))
        except Exception as error:  # noqa: BLE001  the boundary to user code
            context.error = error
        context.update_cursor(str(number))
        if context.error is not None:
            break
    return requests


def _runs(sensor: RunStatusSensorDefinition, context: SensorEvaluationContext) -> Iterator[tuple[int, Any, EventView]]:
    """The runs that came to the status since the last time; the cursor moves past those it does not look at."""
    given = 0
    for number, event in list(_changes(context.instance, sensor.status_name, event_number(context.cursor))):
        run = context.instance.store.run(event.run_id)
        if given == _AT_ONCE:
            return
        if run is None or not _is_watched(sensor, run):
            context.update_cursor(str(number))
            continue
        given += 1
        yield number, context.instance.get_run_by_id(run.run_id), EventView(event, run.job_name)


def _changes(instance: Any, status: str, after: int) -> Iterator[tuple[int, RunStarted | RunFinished]]:
    """The events that brought runs to a status, with their numbers."""
    if status == "STARTED":
        for stored in instance.store.events(types=("run_started",), after=after):
            yield stored.id, stored.event
        return
    for stored in instance.store.events(types=("run_finished",), after=after):
        if stored.event.status.name == status:
            yield stored.id, stored.event


def _is_watched(sensor: RunStatusSensorDefinition, run: Run) -> bool:
    if sensor.monitored is not None:
        return run.job in sensor.monitored
    return run.tags.get(SENSOR_TAG) != sensor.name  # or it would go on for ever


def _requests(sensor: RunStatusSensorDefinition, answer: Any) -> list[RunRequest]:
    found: list[RunRequest] = []
    for one in list(answer) if isinstance(answer, list) or isgenerator(answer) else [answer]:
        if isinstance(one, RunRequest):
            found.append(one)
        elif isinstance(one, SensorResult):
            if one.cursor:
                raise InvariantError(f"{sensor.where} answered with a cursor", hint="leave it out: it has its own")
            found += one.run_requests or ()
        elif one is not None and not isinstance(one, SkipReason):
            raise DefinitionError(f"{sensor.where} answered with {one!r:.60}", hint="RunRequest, SkipReason or nothing")
    return found
