"""Ask a store about runs, events and materializations, in the words of Dagster's instance.

Every method reads; `report_runless_asset_event` and `wipe_assets` write one event per asset.
"""

import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.definitions.results import AssetMaterialization, AssetObservation
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import InvariantError, UnknownRunError
from orchestrator.runs.details import StepDetail
from orchestrator.runs.event_log import EventLogEntry, EventLogRecord, EventRecordsResult, level_of, told_by
from orchestrator.runs.event_type import EventType
from orchestrator.runs.event_view import event_type_of
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
    AssetWiped,
    Event,
    LogWritten,
    RunDeleted,
    RunStarted,
    RunTagged,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
)
from orchestrator.runs.filters import AssetRecordsFilter, EventRecordsFilter, RunsFilter, RunStatusChangeRecordsFilter
from orchestrator.runs.records import EPHEMERAL_JOB, Materialization, Run
from orchestrator.runs.store import EventStore
from orchestrator.runs.summaries import (
    AssetEntry,
    AssetRecord,
    RunRecord,
    RunStats,
    StepRunStatus,
    StepStats,
)

#: The types of the events that tell which assets there are.
_KNOWN_BY = ("run_started", "asset_materialized", "asset_observed", "asset_wiped")
#: Where events of a type are found, if that is in few places.
_TOLD_BY: Mapping[EventType, Sequence[str]] = {
    EventType.ASSET_MATERIALIZATION: ("asset_materialized", "asset_wiped"),
    EventType.ASSET_OBSERVATION: ("asset_observed", "asset_wiped"),
}
_DATA_VERSION = "dagster/data_version"
_CODE_VERSION = "dagster/code_version"


class RunQueries:
    """What can be asked of an instance. Needs an attribute `store`."""

    store: EventStore

    # --- runs

    def get_runs(
        self,
        filters: RunsFilter | None = None,
        cursor: str | None = None,
        limit: int | None = None,
        *,
        ascending: bool = False,
    ) -> list[Run]:
        """Runs, newest first.

        Args:
            filters: which of them; all if left out.
            cursor: only those after the run with this id, in the order asked for.
            limit: at most so many.
            ascending: oldest first.
        """
        found = self.store.runs()
        if ascending:
            found.reverse()
        if cursor is not None:
            ids = [run.run_id for run in found]
            found = found[ids.index(cursor) + 1 :] if cursor in ids else []
        chosen = (run for run in found if filters is None or filters.matches(run))
        return [spoken().view_run(run) for run in islice(chosen, limit)]

    def get_run_by_id(self, run_id: str) -> Run | None:
        """The run with this id, or None."""
        run = self.store.run(run_id)
        return None if run is None else spoken().view_run(run)

    def get_run_records(
        self,
        filters: RunsFilter | None = None,
        limit: int | None = None,
        order_by: str | None = None,  # noqa: ARG002  the store has one order
        *,
        ascending: bool = False,
        cursor: str | None = None,
    ) -> list[RunRecord]:
        """Runs with their times, newest first; see `get_runs`."""
        return [RunRecord(run) for run in self.get_runs(filters, cursor, limit, ascending=ascending)]

    def get_run_record_by_id(self, run_id: str) -> RunRecord | None:
        """The run with this id and its times, or None."""
        run = self.get_run_by_id(run_id)
        return None if run is None else RunRecord(run)

    def has_run(self, run_id: str) -> bool:
        """Whether there is a run with this id."""
        return self.store.run(run_id) is not None

    def get_run_ids(
        self, filters: RunsFilter | None = None, cursor: str | None = None, limit: int | None = None
    ) -> list[str]:
        """The ids of runs, newest first."""
        return [run.run_id for run in self.get_runs(filters, cursor, limit)]

    def get_runs_count(self, filters: RunsFilter | None = None) -> int:
        """How many runs there are."""
        return len(self.get_runs(filters))

    def add_run_tags(self, run_id: str, new_tags: Mapping[str, str]) -> None:
        """Put more tags on a run.

        Raises:
            UnknownRunError: there is no such run.
        """
        self._known(run_id)
        self.store.append([RunTagged(run_id=run_id, timestamp=time.time(), tags=check_run_tags(new_tags, "a run"))])

    def delete_run(self, run_id: str) -> None:
        """Remove the record of a run.

        Raises:
            UnknownRunError: there is no such run.
        """
        self._known(run_id)
        self.store.append([RunDeleted(run_id=run_id, timestamp=time.time())])

    def wipe(self) -> None:
        """Forget every run and every asset; stored values stay."""
        for run in self.store.runs():
            self.delete_run(run.run_id)
        self.wipe_assets(self.all_asset_keys())

    def get_run_step_stats(self, run_id: str, step_keys: Collection[str] | None = None) -> list[StepStats]:
        """How each step of a run went, in the order they started."""
        steps: dict[str, StepStats] = {}
        for stored in self.store.events(run_id=run_id):
            step = getattr(stored.event, "step", None)
            if step is not None and list(told_by(stored.event)) and (not step_keys or step in step_keys):
                before = steps.get(step) or StepStats(run_id=run_id, step_key=step, status=StepRunStatus.IN_PROGRESS)
                steps[step] = self._advanced(before, stored.event)
        return list(steps.values())

    # --- events

    def all_logs(
        self, run_id: str, of_type: EventType | Collection[EventType] | None = None, limit: int | None = None
    ) -> list[EventLogEntry]:
        """The events and logged lines of a run, in order; of the given types only, if any are given."""
        wanted = None if of_type is None else {of_type} if isinstance(of_type, EventType) else set(of_type)
        found = (
            self._entry(event)
            for stored in self.store.events(run_id=run_id)
            for event in told_by(stored.event)
            if wanted is None or (not isinstance(event, LogWritten) and event_type_of(event) in wanted)
        )
        return list(islice(found, limit))

    def get_event_records(
        self, event_records_filter: EventRecordsFilter, limit: int | None = None, *, ascending: bool = False
    ) -> list[EventLogRecord]:
        """Events of all runs, newest first.

        Args:
            event_records_filter: which of them.
            limit: at most so many.
            ascending: oldest first.
        """
        found = (
            record
            for number, event in self._stored(event_records_filter, ascending=ascending)
            if event_records_filter.matches(record := EventLogRecord(number, self._entry(event)))
        )
        return list(islice(found, limit))

    def fetch_materializations(
        self,
        records_filter: AssetKey | AssetRecordsFilter,
        limit: int,
        cursor: str | None = None,
        *,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """A page of the materializations of an asset, newest first. See `fetch_observations`."""
        return self._page(EventType.ASSET_MATERIALIZATION, records_filter, limit, cursor, ascending=ascending)

    def fetch_observations(
        self,
        records_filter: AssetKey | AssetRecordsFilter,
        limit: int,
        cursor: str | None = None,
        *,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """A page of the observations of an asset, newest first.

        Args:
            records_filter: the asset, or a filter that names it.
            limit: at most so many.
            cursor: where the page before ended, as its result says.
            ascending: oldest first.
        """
        return self._page(EventType.ASSET_OBSERVATION, records_filter, limit, cursor, ascending=ascending)

    def fetch_run_status_changes(
        self,
        records_filter: EventType | RunStatusChangeRecordsFilter,
        limit: int,
        cursor: str | None = None,
        *,
        ascending: bool = False,
    ) -> EventRecordsResult:
        """A page of the events that began or ended runs, newest first.

        Args:
            records_filter: the type of event, or a filter that names it.
            limit: at most so many.
            cursor: where the page before ended, as its result says.
            ascending: oldest first.
        """
        chosen = records_filter
        if not isinstance(chosen, RunStatusChangeRecordsFilter):
            chosen = RunStatusChangeRecordsFilter(chosen)
        within = chosen.to_event_records_filter(cursor, ascending=ascending)
        found = self.get_event_records(within, ascending=ascending)
        if chosen.job_names:
            found = [record for record in found if record.event_log_entry.job_name in chosen.job_names]
        return _page(found, limit, cursor)

    def get_run_stats(self, run_id: str) -> RunStats:
        """What became of the steps of a run.

        Raises:
            UnknownRunError: there is no such run.
        """
        run = self._known(run_id)
        types = Counter(event_type_of(stored.event) for stored in self.store.events(run_id=run_id))
        return RunStats(
            run_id=run_id,
            steps_succeeded=types[EventType.STEP_SUCCESS],
            steps_failed=types[EventType.STEP_FAILURE],
            materializations=types[EventType.ASSET_MATERIALIZATION],
            expectations=types[EventType.STEP_EXPECTATION_RESULT],
            start_time=run.started,
            end_time=run.ended,
        )

    # --- assets

    def all_asset_keys(self) -> list[AssetKey]:
        """Every asset that a run was to make, or that was materialized or observed, since it was last wiped; in order."""
        known: set[str] = set()
        for stored in self.store.events(types=_KNOWN_BY):
            match stored.event:
                case RunStarted(assets=assets):
                    known.update(assets)
                case AssetWiped(asset=asset):
                    known.discard(asset)
                case AssetMaterialized(asset=asset) | AssetObserved(asset=asset):
                    known.add(asset)
                case _:
                    pass
        return [AssetKey(key) for key in sorted(known)]

    def get_asset_keys(
        self, prefix: Sequence[str] | None = None, limit: int | None = None, cursor: str | None = None
    ) -> list[AssetKey]:
        """Assets that are known, in order. See `all_asset_keys`.

        Args:
            prefix: only those whose key begins so.
            limit: at most so many.
            cursor: only those after this one, written as `AssetKey.to_string` does.
        """
        found = self.all_asset_keys()
        if prefix:
            found = [key for key in found if key.path[: len(prefix)] == list(prefix)]
        if cursor is not None:
            found = [key for key in found if key.to_string() > cursor]
        return found[:limit]

    def has_asset_key(self, asset_key: CoercibleToAssetKey) -> bool:
        """Whether an asset is known. See `all_asset_keys`."""
        return AssetKey(asset_key) in self.all_asset_keys()

    def get_latest_materialization_event(self, asset_key: CoercibleToAssetKey) -> EventLogEntry | None:
        """The newest materialization of an asset, or None."""
        return self.get_latest_materialization_events([asset_key])[AssetKey(asset_key)]

    def get_latest_materialization_events(
        self, asset_keys: Sequence[CoercibleToAssetKey]
    ) -> dict[AssetKey, EventLogEntry | None]:
        """The newest materialization of each asset, or None."""
        found = self.store.materializations([key_text(key) for key in asset_keys])
        newest = {AssetKey(key): self._entry(_event_of(one)) for key, one in found.items()}
        return {AssetKey(key): newest.get(AssetKey(key)) for key in asset_keys}

    def get_latest_materialization_code_versions(
        self, asset_keys: Collection[CoercibleToAssetKey]
    ) -> dict[AssetKey, str | None]:
        """The code version of the newest materialization of each asset, or None."""
        found = self.store.materializations([key_text(key) for key in asset_keys])
        versions = {AssetKey(key): one.code_version for key, one in found.items()}
        return {AssetKey(key): versions.get(AssetKey(key)) for key in asset_keys}

    def wipe_assets(self, asset_keys: Sequence[CoercibleToAssetKey]) -> None:
        """Forget that assets were materialized; their values stay."""
        now = time.time()
        self.store.append([AssetWiped(run_id="", timestamp=now, asset=key_text(key)) for key in asset_keys])

    def report_runless_asset_event(self, asset_event: AssetMaterialization | AssetObservation) -> None:
        """Record that an asset was materialized or observed by something that is no run.

        Raises:
            InvariantError: it is another kind of event.
        """
        self.store.append([reported_event(asset_event)])

    def get_asset_records(self, asset_keys: Sequence[CoercibleToAssetKey] | None = None) -> list[AssetRecord]:
        """What is known of each asset that was ever materialized; of all of them if none are named."""
        wanted = self.all_asset_keys() if asset_keys is None else [AssetKey(key) for key in asset_keys]
        found = []
        for key in wanted:
            made = self.fetch_materializations(key, limit=1).records
            seen = self.fetch_observations(key, limit=1).records
            if made or seen:
                entry = AssetEntry(
                    asset_key=key,
                    last_materialization_record=made[0] if made else None,
                    last_observation_record=seen[0] if seen else None,
                    last_run_id=(made or seen)[0].run_id or None,
                )
                found.append(AssetRecord(storage_id=(made or seen)[0].storage_id, asset_entry=entry))
        return found

    def get_latest_data_version_record(self, key: CoercibleToAssetKey) -> EventLogRecord | None:
        """The newest materialization of an asset, else its newest observation, else None."""
        made = self.fetch_materializations(AssetKey(key), limit=1).records
        found = made or self.fetch_observations(AssetKey(key), limit=1).records
        return found[0] if found else None

    def get_materialized_partitions(self, asset_key: CoercibleToAssetKey) -> set[str]:
        """The partitions of an asset that were materialized."""
        wanted = EventRecordsFilter(EventType.ASSET_MATERIALIZATION, AssetKey(asset_key))
        return {record.partition_key for record in self.get_event_records(wanted) if record.partition_key is not None}

    # --- views

    def _known(self, run_id: str) -> Run:
        run = self.store.run(run_id)
        if run is None:
            raise UnknownRunError(f"there is no run `{run_id}`")
        return run

    def _advanced(self, stats: StepStats, event: Event) -> StepStats:
        """The numbers of a step after one more event."""
        status = _STEP_ENDS.get(type(event))
        if status is not None:
            return msgspec.structs.replace(stats, status=status, end_time=event.timestamp)
        if isinstance(event, StepStarted):
            first = stats.start_time or event.timestamp
            return msgspec.structs.replace(stats, attempts=stats.attempts + 1, start_time=first)
        if isinstance(event, AssetMaterialized):
            made = [*stats.materialization_events, self._entry(event)]
            return msgspec.structs.replace(stats, materialization_events=made)
        return stats

    def _stored(self, wanted: EventRecordsFilter, *, ascending: bool) -> Iterator[tuple[int, Event | StepDetail]]:
        """Events of a type, each with its number; of an asset, those since it was last wiped."""
        event_type = wanted.event_type
        types = _TOLD_BY.get(event_type, ())
        asset = None if not types or wanted.asset_key is None else key_text(wanted.asset_key)
        found: list[tuple[int, Event | StepDetail]] = []
        for stored in self.store.events(types=types, asset=asset):
            if isinstance(stored.event, AssetWiped) and event_type is not EventType.ASSET_WIPED:
                found = [one for one in found if getattr(one[1], "asset", None) != stored.event.asset]
            else:
                found += [(stored.id, event) for event in told_by(stored.event) if _is(event, event_type)]
        return iter(found) if ascending else reversed(found)

    def _page(
        self,
        event_type: EventType,
        wanted: AssetKey | AssetRecordsFilter,
        limit: int,
        cursor: str | None,
        *,
        ascending: bool,
    ) -> EventRecordsResult:
        chosen = wanted if isinstance(wanted, AssetRecordsFilter) else AssetRecordsFilter(asset_key=wanted)
        within = chosen.to_event_records_filter(event_type, cursor, ascending=ascending)
        return _page(self.get_event_records(within, limit + 1, ascending=ascending), limit, cursor)

    def _entry(self, event: Event | StepDetail) -> EventLogEntry:
        run = self.store.run(event.run_id) if event.run_id else None
        return EventLogEntry(event, EPHEMERAL_JOB if run is None else run.job_name, level_of(event))


def _page(records: list[EventLogRecord], limit: int, cursor: str | None) -> EventRecordsResult:
    page = records[:limit]
    return EventRecordsResult(page, str(page[-1].storage_id) if page else cursor or "", len(records) > limit)


def _is(event: Event | StepDetail, event_type: EventType) -> bool:
    return not isinstance(event, LogWritten) and event_type_of(event) is event_type


def _event_of(one: Materialization) -> AssetMaterialized:
    return AssetMaterialized(
        run_id=one.run_id,
        timestamp=one.timestamp,
        step=one.step,
        asset=one.key,
        stored=one.stored,
        metadata=one.metadata,
        tags=one.tags,
        data_version=one.data_version,
        code_version=one.code_version,
        duration_s=one.duration_s,
        location=one.location,
        description=one.description,
        partition=one.partition,
    )


_STEP_ENDS: dict[type, StepRunStatus] = {
    StepSucceeded: StepRunStatus.SUCCESS,
    StepFailed: StepRunStatus.FAILURE,
    StepCanceled: StepRunStatus.FAILURE,
    StepSkipped: StepRunStatus.SKIPPED,
}


def reported_event(reported: AssetMaterialization | AssetObservation) -> AssetMaterialized | AssetObserved:
    """The event of an asset that was made or looked at by something that is no run.

    Raises:
        InvariantError: it is something else.
    """
    if not isinstance(reported, AssetMaterialization | AssetObservation):
        raise InvariantError(
            f"cannot report a {type(reported).__name__}", hint="report an AssetMaterialization or AssetObservation"
        )
    tags: Mapping[str, str] = reported.tags or {}
    said: dict[str, Any] = {
        "run_id": "",
        "timestamp": time.time(),
        "step": "",
        "asset": key_text(reported.asset_key),
        "metadata": coerce_metadata(reported.metadata, "a reported event"),
        "tags": {name: value for name, value in tags.items() if name not in (_DATA_VERSION, _CODE_VERSION)},
        "data_version": tags.get(_DATA_VERSION),
        "description": reported.description or "",
        "partition": reported.partition,
    }
    if isinstance(reported, AssetObservation):
        return AssetObserved(**said)
    return AssetMaterialized(**said, code_version=tags.get(_CODE_VERSION))
