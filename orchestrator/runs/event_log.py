"""Events as they lie in the store: with their number, their moment and their run."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.results import AssetMaterialization, AssetObservation
from orchestrator.runs.details import DetailKind, StepDetail
from orchestrator.runs.event_data import ErrorView, error_view
from orchestrator.runs.event_type import EventType
from orchestrator.runs.event_view import EventView
from orchestrator.runs.events import (
    AssetMaterialized,
    Event,
    LogWritten,
    OutputProduced,
    RunFinished,
    RunStarted,
    StepFailed,
    StepSkipped,
)
from orchestrator.runs.records import RunStatus

#: The numbers of `logging`.
_LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "critical": 50}


class EventLogEntry:
    """One line of the record of a run: an event, or what user code logged.

    Args:
        event: what happened.
        job_name: the job of its run.
        level: as `logging` counts.
    """

    __slots__ = ("dagster_event", "event", "job_name", "level")

    def __init__(self, event: Event | StepDetail, job_name: str, level: int) -> None:
        self.event = event
        self.job_name = job_name
        self.level = level
        #: The view of the event; None for a logged line.
        self.dagster_event = None if isinstance(event, LogWritten) else EventView(event, job_name)

    @property
    def run_id(self) -> str:
        """The run; empty for what was reported without one."""
        return self.event.run_id

    @property
    def timestamp(self) -> float:
        """Seconds since 1970 (UTC)."""
        return self.event.timestamp

    @property
    def step_key(self) -> str | None:
        """The step, if it is an event of one."""
        return getattr(self.event, "step", None) or None

    @property
    def user_message(self) -> str:
        """What was logged, or what happened, in a sentence."""
        return self.event.message if isinstance(self.event, LogWritten) else (self.message or "")

    @property
    def message(self) -> str | None:
        """What was logged, or what happened, in a sentence."""
        return self.event.message if self.dagster_event is None else self.dagster_event.message  # type: ignore[union-attr]

    @property
    def error_info(self) -> ErrorView | None:
        """What was raised, if anything was."""
        return error_view(self.event.error) if isinstance(self.event, StepFailed) else None

    @property
    def is_dagster_event(self) -> bool:
        """Whether it is an event, not a logged line."""
        return self.dagster_event is not None

    @property
    def dagster_event_type(self) -> EventType | None:
        """The type of the event; None for a logged line."""
        return None if self.dagster_event is None else self.dagster_event.event_type

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """What was materialized, if anything was."""
        return None if self.dagster_event is None else self.dagster_event.asset_materialization

    @property
    def asset_observation(self) -> AssetObservation | None:
        """What was observed, if anything was."""
        return None if self.dagster_event is None else self.dagster_event.asset_observation

    def get_dagster_event(self) -> EventView:
        """The view of the event.

        Raises:
            AttributeError: it is a logged line.
        """
        if self.dagster_event is None:
            raise AttributeError("a logged line is no event")
        return self.dagster_event


class EventLogRecord(Struct, frozen=True):
    """An entry with its number in the store."""

    storage_id: int
    event_log_entry: EventLogEntry

    @property
    def run_id(self) -> str:
        """The run."""
        return self.event_log_entry.run_id

    @property
    def timestamp(self) -> float:
        """Seconds since 1970 (UTC)."""
        return self.event_log_entry.timestamp

    @property
    def event_type(self) -> EventType:
        """The type of the event."""
        return self.event_log_entry.get_dagster_event().event_type

    @property
    def asset_key(self) -> AssetKey | None:
        """The asset it is about."""
        return self.event_log_entry.get_dagster_event().asset_key

    @property
    def partition_key(self) -> str | None:
        """The partition of the asset."""
        return self.event_log_entry.get_dagster_event().partition

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """What was materialized, if anything was."""
        return self.event_log_entry.asset_materialization

    @property
    def asset_observation(self) -> AssetObservation | None:
        """What was observed, if anything was."""
        return self.event_log_entry.asset_observation

    @property
    def asset_event(self) -> Any:
        """What was materialized or observed."""
        return self.asset_materialization or self.asset_observation


class EventRecordsResult(Struct, frozen=True):
    """A page of records."""

    records: Sequence[EventLogRecord]
    #: Where the next page begins.
    cursor: str
    has_more: bool


def level_of(event: Event | StepDetail) -> int:
    """How important an event is, as `logging` counts."""
    if isinstance(event, LogWritten):
        number = event.level.removeprefix("level ")  # `logging` calls 35 so
        return int(number) if number.isdecimal() else _LEVELS.get(event.level, _LEVELS["info"])
    failed = isinstance(event, StepFailed) or (isinstance(event, RunFinished) and event.status is RunStatus.FAILURE)
    return _LEVELS["error"] if failed else _LEVELS["debug"]


def told_by(event: Event) -> Iterator[Event | StepDetail]:
    """An event and what it tells besides itself, in the order it happened.

    What follows from other events is not stored: the plan of a run's assets, and the outputs that assets are. A step that
    is skipped because another failed is stored for people, and no event.
    """
    if isinstance(event, StepSkipped) and event.reason != "not produced":
        return  # it never had a chance: what is told is the failure upstream
    if isinstance(event, RunStarted):
        for key in sorted(event.assets):
            yield _detail(DetailKind.ASSET_PLANNED, event, None, key)
    if isinstance(event, AssetMaterialized) and event.output:
        yield _detail(DetailKind.OUTPUT_CHECKED, event, event.step, event.output, output_metadata=event.metadata)
    yield event
    if isinstance(event, AssetMaterialized | OutputProduced) and event.stored:
        yield _detail(DetailKind.OUTPUT_HANDLED, event, event.step, event.output)


def _detail(kind: DetailKind, event: Event, step: str | None, name: str, **more: Any) -> StepDetail:
    return StepDetail(kind=kind, run_id=event.run_id, timestamp=event.timestamp, step=step, name=name, **more)
