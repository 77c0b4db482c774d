"""Which runs and events a query is about. A field that is None says nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from orchestrator.definitions.keys import AssetKey
from orchestrator.runs.event_type import EventType
from orchestrator.runs.records import Run, RunStatus

if TYPE_CHECKING:
    from orchestrator.runs.event_log import EventLogRecord


class RunsFilter(Struct, frozen=True):
    """Which runs.

    Args:
        run_ids: one of these.
        job_name: of this job.
        statuses: in one of these states.
        tags: with these tags; a list of values means any of them.
        updated_after: ended, or started if it goes on, after this moment.
        updated_before: likewise before.
        created_after: started after this moment.
        created_before: likewise before.
    """

    run_ids: Sequence[str] | None = None
    job_name: str | None = None
    statuses: Sequence[RunStatus] | None = None
    tags: Mapping[str, str | Sequence[str]] | None = None
    updated_after: datetime | None = None
    updated_before: datetime | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None

    def matches(self, run: Run) -> bool:
        """Whether a run is meant."""
        return (
            (not self.run_ids or run.run_id in self.run_ids)
            and self.job_name in (None, run.job_name)
            and (not self.statuses or run.status.name in [status.name for status in self.statuses])
            and all(_has_tag(run, name, value) for name, value in (self.tags or {}).items())
            and _within(run.ended or run.started, self.updated_after, self.updated_before)
            and _within(run.started, self.created_after, self.created_before)
        )


class EventRecordsFilter(Struct, frozen=True):
    """Which events.

    Args:
        event_type: of this type.
        asset_key: about this asset.
        asset_partitions: about one of these partitions of it.
        after_cursor: stored after the event with this number.
        before_cursor: likewise before.
        after_timestamp: later than this, in seconds since 1970.
        before_timestamp: likewise earlier.
        storage_ids: with one of these numbers.
    """

    event_type: EventType
    asset_key: AssetKey | None = None
    asset_partitions: Sequence[str] | None = None
    after_cursor: int | None = None
    before_cursor: int | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    storage_ids: Sequence[int] | None = None

    def matches(self, record: "EventLogRecord") -> bool:
        """Whether an event of the right type is meant."""
        return (
            (self.asset_key is None or record.asset_key == self.asset_key)
            and (not self.asset_partitions or record.partition_key in self.asset_partitions)
            and (self.after_cursor is None or record.storage_id > self.after_cursor)
            and (self.before_cursor is None or record.storage_id < self.before_cursor)
            and (self.after_timestamp is None or record.timestamp > self.after_timestamp)
            and (self.before_timestamp is None or record.timestamp < self.before_timestamp)
            and (self.storage_ids is None or record.storage_id in self.storage_ids)
        )


class AssetRecordsFilter(Struct, frozen=True):
    """Which events about an asset.

    Args:
        asset_key: the asset.
        asset_partitions: one of these partitions of it.
        after_timestamp: later than this, in seconds since 1970.
        before_timestamp: likewise earlier.
        after_storage_id: stored after the event with this number.
        before_storage_id: likewise before.
        storage_ids: with one of these numbers.
    """

    asset_key: AssetKey
    asset_partitions: Sequence[str] | None = None
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None
    storage_ids: Sequence[int] | None = None

    def to_event_records_filter(
        self, event_type: EventType, cursor: str | None = None, *, ascending: bool = False
    ) -> EventRecordsFilter:
        """The same for events of a type, from where a page before ended."""
        after, before = _from_cursor(self.after_storage_id, self.before_storage_id, cursor, ascending=ascending)
        return EventRecordsFilter(
            event_type,
            self.asset_key,
            self.asset_partitions,
            after,
            before,
            self.after_timestamp,
            self.before_timestamp,
            self.storage_ids,
        )


class RunStatusChangeRecordsFilter(Struct, frozen=True):
    """Which beginnings and ends of runs.

    Args:
        event_type: what happened to the run.
        after_timestamp: later than this, in seconds since 1970.
        before_timestamp: likewise earlier.
        after_storage_id: stored after the event with this number.
        before_storage_id: likewise before.
        storage_ids: with one of these numbers.
        job_names: of one of these jobs.
    """

    event_type: EventType
    after_timestamp: float | None = None
    before_timestamp: float | None = None
    after_storage_id: int | None = None
    before_storage_id: int | None = None
    storage_ids: Sequence[int] | None = None
    job_names: Sequence[str] | None = None

    def to_event_records_filter(self, cursor: str | None = None, *, ascending: bool = False) -> EventRecordsFilter:
        """The same without the jobs, from where a page before ended."""
        after, before = _from_cursor(self.after_storage_id, self.before_storage_id, cursor, ascending=ascending)
        return EventRecordsFilter(
            self.event_type,
            after_cursor=after,
            before_cursor=before,
            after_timestamp=self.after_timestamp,
            before_timestamp=self.before_timestamp,
            storage_ids=self.storage_ids,
        )


def _from_cursor(
    after: int | None, before: int | None, cursor: str | None, *, ascending: bool
) -> tuple[int | None, int | None]:
    if not cursor:
        return after, before
    return (int(cursor), before) if ascending else (after, int(cursor))


def _has_tag(run: Run, name: str, value: str | Sequence[str]) -> bool:
    wanted = [value] if isinstance(value, str) else value
    return run.tags.get(name) in wanted


def _within(moment: float, after: datetime | None, before: datetime | None) -> bool:
    return (after is None or moment > after.timestamp()) and (before is None or moment < before.timestamp())
