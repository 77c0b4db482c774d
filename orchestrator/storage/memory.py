"""Events in memory: the store of ephemeral instances, and the double for tests."""

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from orchestrator.runs.events import AssetMaterialized, Event
from orchestrator.runs.records import Materialization, Run, RunStatus
from orchestrator.runs.store import EventWatch, StoredEvent
from orchestrator.runs.upkeep import StoreCounts
from orchestrator.storage.codec import EVENT_TYPES
from orchestrator.storage.memory_pools import MemoryPoolStore
from orchestrator.storage.memory_ticks import MemoryTickStore
from orchestrator.storage.projections import materialization_of, record_changes
from orchestrator.storage.watch import LastEventWatch

_Value = TypeVar("_Value")


class MemoryEventStore:
    """An `EventStore` that is gone with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: The event with id n stands at n - 1; None if it was removed.
        self._events: list[Event | None] = []
        self._runs: dict[str, Run] = {}
        self._materialized: dict[str, int] = {}
        self._failed: dict[str, str] = {}
        self.pools = MemoryPoolStore()
        self.ticks = MemoryTickStore()

    @property
    def upkeep(self) -> "MemoryEventStore":
        """It keeps itself in shape."""
        return self

    def append(self, events: Sequence[Event]) -> None:
        """Add events and bring the records up to date."""
        with self._lock:
            changes = record_changes(enumerate(events, len(self._events) + 1), self._runs.get)
            self._events.extend(events)
            _update(self._runs, changes.runs)
            _update(self._materialized, changes.materialized)
            _update(self._failed, changes.failed)

    def events(
        self,
        *,
        run_id: str | None = None,
        types: Collection[str] = (),
        asset: str | None = None,
        after: int = 0,
        limit: int | None = None,
    ) -> Iterator[StoredEvent]:
        """Events in the order they were appended; see `EventStore.events`."""
        found = (
            StoredEvent(number, event)
            for number, event in enumerate(islice(self._events, after, None), after + 1)
            if event is not None
            and (run_id is None or event.run_id == run_id)
            and (not types or EVENT_TYPES[type(event)] in types)
            and (asset is None or getattr(event, "asset", None) == asset)
        )
        return islice(found, limit)

    def watch(self) -> EventWatch:
        """Tells of new events; see `EventStore.watch`."""
        return LastEventWatch(lambda: len(self._events))

    def run(self, run_id: str) -> Run | None:
        """The run with this id."""
        return self._runs.get(run_id)

    def runs(
        self, *, status: RunStatus | None = None, job: str | None = None, id_prefix: str = "", limit: int | None = None
    ) -> list[Run]:
        """Runs, the one started last first."""
        with self._lock:
            found = (
                run
                for run in reversed(self._runs.values())
                if status in (None, run.status) and job in (None, run.job) and run.run_id.startswith(id_prefix)
            )
            return list(islice(found, limit))

    def materializations(self, keys: Collection[str] | None = None) -> dict[str, Materialization]:
        """The newest materialization of each key that has one; of all keys if none are given."""
        with self._lock:
            numbers = self._materialized.copy() if keys is None else _among(self._materialized, keys)
            return {key: self._materialization(number) for key, number in numbers.items()}

    def failed_assets(self) -> dict[str, str]:
        """Assets whose newest attempt failed, with the run that failed them."""
        with self._lock:
            return self._failed.copy()

    def counts(self) -> StoreCounts:
        """How much is in the store."""
        with self._lock:
            kept = [event for event in self._events if event is not None]
            started = [run.started for run in self._runs.values()]
            return StoreCounts(
                runs=Counter(run.status for run in self._runs.values()),
                events=len(kept),
                materializations=sum(isinstance(event, AssetMaterialized) for event in kept),
                materialized_assets=len(self._materialized),
                oldest=started[0] if started else None,
                newest=started[-1] if started else None,
            )

    def forget(self, run_id: str) -> int:
        """Remove what is known of a run; see `StoreUpkeep.forget`."""
        with self._lock:
            self._runs.pop(run_id, None)
            kept = {number - 1 for number in self._materialized.values()} | {len(self._events) - 1}
            gone = [
                place
                for place, event in enumerate(self._events)
                if event is not None and event.run_id == run_id and place not in kept
            ]
            for place in gone:
                self._events[place] = None
            return len(gone)

    def compact(self) -> bool:
        """There is no disk."""
        return True

    def rebuild(self) -> None:
        """There is no file."""

    def close(self) -> None:
        """Nothing is held."""

    def _materialization(self, number: int) -> Materialization:
        event = self._events[number - 1]
        assert isinstance(event, AssetMaterialized)
        return materialization_of(event)


def _among(numbers: dict[str, int], keys: Collection[str]) -> dict[str, int]:
    return {key: numbers[key] for key in keys if key in numbers}


def _update(records: dict[str, _Value], changes: dict[str, _Value | None]) -> None:
    for key, value in changes.items():
        if value is None:
            records.pop(key, None)
        else:
            records[key] = value
