"""What queries answer besides events: records of runs, steps and assets."""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum

from msgspec import Struct

from orchestrator.definitions.keys import AssetKey
from orchestrator.runs.event_log import EventLogEntry, EventLogRecord
from orchestrator.runs.records import Run


class RunRecord(Struct, frozen=True):
    """A run with its times."""

    dagster_run: Run

    @property
    def start_time(self) -> float:
        """Seconds since 1970 (UTC)."""
        return self.dagster_run.started

    @property
    def end_time(self) -> float | None:
        """Seconds since 1970 (UTC); None while it goes on."""
        return self.dagster_run.ended

    @property
    def create_timestamp(self) -> datetime:
        """When it was made."""
        return datetime.fromtimestamp(self.dagster_run.started, UTC)

    @property
    def update_timestamp(self) -> datetime:
        """When its record last changed."""
        return datetime.fromtimestamp(self.dagster_run.ended or self.dagster_run.started, UTC)


class RunStats(Struct, frozen=True, kw_only=True):
    """How a run went, in numbers."""

    run_id: str
    steps_succeeded: int
    steps_failed: int
    materializations: int
    expectations: int
    #: Seconds since 1970 (UTC).
    start_time: float
    end_time: float | None
    #: Runs here are never queued: these times are never known.
    enqueued_time: float | None = None
    launch_time: float | None = None


class StepRunStatus(Enum):
    """How a step of a run stands."""

    SKIPPED = "SKIPPED"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    IN_PROGRESS = "IN_PROGRESS"


class StepStats(Struct, frozen=True, kw_only=True):
    """How a step went, in numbers."""

    run_id: str
    step_key: str
    status: StepRunStatus
    attempts: int = 0
    #: Seconds since 1970 (UTC).
    start_time: float | None = None
    end_time: float | None = None
    materialization_events: Sequence[EventLogEntry] = ()


class AssetEntry(Struct, frozen=True, kw_only=True):
    """What is known of an asset."""

    asset_key: AssetKey
    last_materialization_record: EventLogRecord | None = None
    last_observation_record: EventLogRecord | None = None
    last_run_id: str | None = None

    @property
    def last_materialization(self) -> EventLogEntry | None:
        """Its newest materialization."""
        record = self.last_materialization_record
        return None if record is None else record.event_log_entry

    @property
    def last_materialization_storage_id(self) -> int | None:
        """The number of its newest materialization."""
        record = self.last_materialization_record
        return None if record is None else record.storage_id


class AssetRecord(Struct, frozen=True, kw_only=True):
    """An asset with its place in the store."""

    storage_id: int
    asset_entry: AssetEntry
