"""Events in a SQLite file (docs/decisions/0004-sqlite-store.md)."""

import sqlite3
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import merge
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.upward import fetch
from orchestrator.runs.events import Event
from orchestrator.runs.records import Materialization, Run, RunStatus
from orchestrator.runs.store import EventWatch, StoredEvent
from orchestrator.runs.text import encode_json as encode
from orchestrator.storage.codec import EVENT_TYPES, decode_event, decode_run
from orchestrator.storage.connection import SqliteFile
from orchestrator.storage.faults import store_faults
from orchestrator.storage.projections import RecordChanges, materializations_of, record_changes
from orchestrator.storage.sqlite_pools import SqlitePoolStore
from orchestrator.storage.sqlite_upkeep import SqliteUpkeep
from orchestrator.storage.watch import LastEventWatch

if TYPE_CHECKING:
    from orchestrator.runs.ticks import TickStore

_LAST_EVENT = "SELECT ifnull(max(id), 0) FROM events"
_ADD_EVENT = "INSERT INTO events (id, run_id, type, body) VALUES (?, ?, ?, ?)"
_PUT_RUN = """
    INSERT INTO runs (run_id, status, job, record) VALUES (?, ?, ?, ?)
    ON CONFLICT (run_id) DO UPDATE SET status = excluded.status, job = excluded.job, record = excluded.record
"""
_DROP_RUN = "DELETE FROM runs WHERE run_id = ?"
_PUT_MATERIALIZED = "INSERT OR REPLACE INTO materialized (asset, event_id) SELECT key, value FROM json_each(?)"
_DROP_MATERIALIZED = "DELETE FROM materialized WHERE asset IN (SELECT value FROM json_each(?))"
_PUT_FAILED = "INSERT OR REPLACE INTO failed (asset, run_id) SELECT key, value FROM json_each(?)"
_DROP_FAILED = "DELETE FROM failed WHERE asset IN (SELECT value FROM json_each(?))"

# events of a type that this version does not know are passed over; `+` keeps SQLite from sorting them all by type first
_EVENTS = """
    SELECT id, body FROM events
    WHERE id > :after AND +type IN (SELECT value FROM json_each(:types)) ORDER BY id LIMIT :limit
"""
_EVENTS_OF_RUN = _EVENTS.replace("WHERE", "WHERE run_id = :run_id AND")
_EVENTS_OF_TYPE = """
    SELECT id, body FROM events WHERE type = :type AND id > :after AND id <= :last ORDER BY id LIMIT :limit
"""
# SQLite uses the index of these events only where a query says in the same words which they are
_EVENTS_OF_ASSET = """
    SELECT id, body FROM events
    WHERE type BETWEEN 'asset_' AND 'asset_z' AND json_extract(body, '$.asset') = :asset
        AND id > :after AND +type IN (SELECT value FROM json_each(:types)) AND +run_id = ifnull(:run_id, run_id)
    ORDER BY id LIMIT :limit
"""
_RUN = "SELECT record FROM runs WHERE run_id = ?"
_RUNS = "SELECT record FROM runs WHERE substr(run_id, 1, length(:id_prefix)) = :id_prefix"
_MATERIALIZATIONS = "SELECT body FROM materialized JOIN events ON events.id = event_id"
_MATERIALIZATIONS_OF = """
    SELECT body FROM materialized JOIN events ON events.id = event_id
    WHERE asset IN (SELECT value FROM json_each(?))
"""
_FAILED = "SELECT asset, run_id FROM failed"

#: How many events are read at once.
_PAGE = 1000


class SqliteEventStore:
    """An `EventStore` in one file, which is made if it is not there.

    Args:
        path: the file; its folder must be there.

    Raises:
        StoreError: the file cannot be made or opened, is damaged, or is not one this version can read.
    """

    def __init__(self, path: Path | str) -> None:
        self._file = SqliteFile(Path(path))
        self.pools = SqlitePoolStore(self._file)
        self.upkeep = SqliteUpkeep(self._file)

    @cached_property
    def ticks(self) -> "TickStore":
        """The books of automation, which most commands do not open."""
        made: TickStore = fetch("storage.sqlite_ticks", "SqliteTickStore")(self._file)
        return made

    def append(self, events: Sequence[Event]) -> None:
        """Add events and bring the records up to date, all or nothing.

        Raises:
            StoreError: the file cannot be written; nothing was added.
        """
        if not events:
            return
        bodies = [encode(event) for event in events]
        with self._file.transaction() as connection:
            (last,) = connection.execute(_LAST_EVENT).fetchone()
            numbered = list(enumerate(events, last + 1))
            connection.executemany(
                _ADD_EVENT,
                [
                    (number, event.run_id, EVENT_TYPES[type(event)], body)
                    for (number, event), body in zip(numbered, bodies, strict=True)
                ],
            )
            _write_changes(connection, record_changes(numbered, lambda run_id: _find_run(connection, run_id)))

    def events(
        self,
        *,
        run_id: str | None = None,
        types: Collection[str] = (),
        asset: str | None = None,
        after: int = 0,
        limit: int | None = None,
    ) -> Iterator[StoredEvent]:
        """Events in the order they were appended; see `EventStore.events`.

        They are read a page at a time, so that any number of them takes little memory and holds up nobody.

        Raises:
            StoreError: the file cannot be read.
        """
        known = [kind for kind in EVENT_TYPES.values() if not types or kind in types]
        given = {"run_id": run_id, "asset": asset, "types": encode(known)}
        if asset is not None:
            return self._pages(_EVENTS_OF_ASSET, given, after, limit)
        if run_id is not None:
            return self._pages(_EVENTS_OF_RUN, given, after, limit)
        if not types:
            return self._pages(_EVENTS, given, after, limit)
        return islice(self._of_types(known, after, limit), limit)

    def _of_types(self, types: Sequence[str], after: int, limit: int | None) -> Iterator[StoredEvent]:
        """Events of some types: found type by type, as they were when this began, so that none comes too late."""
        ((last,),) = self._file.rows(_LAST_EVENT)
        streams = [self._pages(_EVENTS_OF_TYPE, {"type": kind, "last": last}, after, limit) for kind in types]
        return merge(*streams, key=attrgetter("id"))

    def _pages(self, query: str, given: Mapping[str, Any], after: int, limit: int | None) -> Iterator[StoredEvent]:
        left = sys.maxsize if limit is None else limit
        while left > 0:
            page = min(left, _PAGE)
            rows = self._file.rows(query, {**given, "after": after, "limit": page})
            for number, body in rows:
                with store_faults(self._file.path):
                    event = decode_event(body)
                yield StoredEvent(number, event)
                after = number
            left = left - page if len(rows) == page else 0

    def watch(self) -> EventWatch:
        """Tells of new events; see `EventStore.watch`."""
        return LastEventWatch(self._last_event)

    def run(self, run_id: str) -> Run | None:
        """The run with this id.

        Raises:
            StoreError: the file cannot be read.
        """
        with self._file.reading() as connection:
            return _find_run(connection, run_id)

    def runs(
        self, *, status: RunStatus | None = None, job: str | None = None, id_prefix: str = "", limit: int | None = None
    ) -> list[Run]:
        """Runs, the one started last first.

        Raises:
            StoreError: the file cannot be read.
        """
        query = _RUNS
        if status is not None:
            query += " AND status = :status"
        if job is not None:
            query += " AND job = :job"
        parameters = {"status": status, "job": job, "id_prefix": id_prefix, "limit": -1 if limit is None else limit}
        rows = self._file.rows(query + " ORDER BY number DESC LIMIT :limit", parameters)
        with store_faults(self._file.path):
            return [decode_run(record) for (record,) in rows]

    def materializations(self, keys: Collection[str] | None = None) -> dict[str, Materialization]:
        """The newest materialization of each key that has one; of all keys if none are given.

        Raises:
            StoreError: the file cannot be read.
        """
        rows = (
            self._file.rows(_MATERIALIZATIONS)
            if keys is None
            else self._file.rows(_MATERIALIZATIONS_OF, (encode([*keys]),))
        )
        with store_faults(self._file.path):
            events = [decode_event(body) for (body,) in rows]
        return materializations_of(events)

    def failed_assets(self) -> dict[str, str]:
        """Assets whose newest attempt failed, with the run that failed them.

        Raises:
            StoreError: the file cannot be read.
        """
        return dict(self._file.rows(_FAILED))

    def close(self) -> None:
        """Release the file; may be called again."""
        self._file.close()

    def _last_event(self) -> int:
        ((last,),) = self._file.rows(_LAST_EVENT)
        return int(last)


def _find_run(connection: sqlite3.Connection, run_id: str) -> Run | None:
    row = connection.execute(_RUN, (run_id,)).fetchone()
    return decode_run(row[0]) if row else None


def _write_changes(connection: sqlite3.Connection, changes: RecordChanges) -> None:
    runs = [(run.run_id, run.status, run.job, encode(run)) for run in changes.runs.values() if run is not None]
    connection.executemany(_PUT_RUN, runs)
    connection.executemany(_DROP_RUN, [(run_id,) for run_id, run in changes.runs.items() if run is None])
    _put_or_drop(connection, changes.materialized, _PUT_MATERIALIZED, _DROP_MATERIALIZED)
    _put_or_drop(connection, changes.failed, _PUT_FAILED, _DROP_FAILED)


def _put_or_drop(connection: sqlite3.Connection, changes: Mapping[str, object], put: str, drop: str) -> None:
    # one statement for all: between two, this thread would take turns with the one that runs steps
    if changes:
        connection.execute(put, (encode({key: value for key, value in changes.items() if value is not None}),))
        connection.execute(drop, (encode([key for key, value in changes.items() if value is None]),))
