"""Events on a PostgreSQL server (docs/decisions/0013-postgres-store.md)."""

import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from orchestrator.runs.events import Event
from orchestrator.runs.records import Materialization, Run, RunStatus
from orchestrator.runs.store import EventWatch, StoredEvent
from orchestrator.runs.text import encode_json as encode
from orchestrator.storage.codec import EVENT_TYPES, decode_event, decode_run
from orchestrator.storage.postgres_faults import postgres_faults
from orchestrator.storage.postgres_pools import PostgresPoolStore
from orchestrator.storage.postgres_server import Connection, PostgresServer
from orchestrator.storage.postgres_ticks import PostgresTickStore
from orchestrator.storage.postgres_upkeep import PostgresUpkeep
from orchestrator.storage.postgres_watch import CHANNEL, PostgresWatch
from orchestrator.storage.projections import RecordChanges, materializations_of, record_changes

# who appends holds this row until the end, so that ids rise in the order of commits: readers go on from the last they saw
_TAKE_IDS = "UPDATE orch_counter SET last_event = last_event + %s RETURNING last_event"
_ADD_EVENTS = """
    INSERT INTO orch_events (id, run_id, type, asset, body)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[])
"""
_NOTIFY = f"NOTIFY {CHANNEL}"
_PUT_RUN = """
    INSERT INTO orch_runs (run_id, status, job, record) VALUES (%s, %s, %s, %s)
    ON CONFLICT (run_id) DO UPDATE SET status = excluded.status, job = excluded.job, record = excluded.record
"""
_DROP_RUNS = "DELETE FROM orch_runs WHERE run_id = ANY(%s)"
_PUT_MATERIALIZED = """
    INSERT INTO orch_materialized SELECT * FROM unnest(%s::text[], %s::bigint[])
    ON CONFLICT (asset) DO UPDATE SET event_id = excluded.event_id
"""
_DROP_MATERIALIZED = "DELETE FROM orch_materialized WHERE asset = ANY(%s)"
_PUT_FAILED = """
    INSERT INTO orch_failed SELECT * FROM unnest(%s::text[], %s::text[])
    ON CONFLICT (asset) DO UPDATE SET run_id = excluded.run_id
"""
_DROP_FAILED = "DELETE FROM orch_failed WHERE asset = ANY(%s)"

# events of a type that this version does not know are passed over
_EVENTS = """
    SELECT id, body FROM orch_events
    WHERE id > %(after)s AND type = ANY(%(types)s) ORDER BY id LIMIT %(limit)s
"""
_EVENTS_OF_RUN = _EVENTS.replace("WHERE", "WHERE run_id = %(run_id)s AND")
# type by type, so that few of many are found by the index
_EVENTS_OF_TYPES = """
    SELECT found.id, found.body FROM unnest(%(types)s::text[]) AS kind, LATERAL (
        SELECT id, body FROM orch_events WHERE type = kind AND id > %(after)s ORDER BY id LIMIT %(limit)s
    ) AS found ORDER BY found.id LIMIT %(limit)s
"""
_EVENTS_OF_ASSET = _EVENTS.replace("WHERE", "WHERE asset = %(asset)s AND")
_EVENTS_OF_ASSET_AND_RUN = _EVENTS.replace("WHERE", "WHERE asset = %(asset)s AND run_id = %(run_id)s AND")
_RUN = "SELECT record FROM orch_runs WHERE run_id = %s"
_RUNS = "SELECT record FROM orch_runs WHERE starts_with(run_id, %(id_prefix)s)"
_MATERIALIZATIONS = "SELECT body FROM orch_materialized JOIN orch_events ON orch_events.id = event_id"
_MATERIALIZATIONS_OF = f"{_MATERIALIZATIONS} JOIN unnest(%s::text[]) AS wanted ON orch_materialized.asset = wanted"
_FAILED = "SELECT asset, run_id FROM orch_failed"

#: How many events are read at once.
_PAGE = 1000


class PostgresEventStore:
    """An `EventStore` in the tables of a PostgreSQL database, which are made if they are not there.

    Args:
        address: a URL, with all its variables replaced.

    Raises:
        StoreError: the server cannot be reached, or does not let this user make tables, or they are newer than this orch.
    """

    def __init__(self, address: str) -> None:
        self._server = PostgresServer(address)
        self.pools = PostgresPoolStore(self._server)
        self.ticks = PostgresTickStore(self._server)
        self.upkeep = PostgresUpkeep(self._server)

    def append(self, events: Sequence[Event]) -> None:
        """Add events and bring the records up to date, all or nothing.

        Raises:
            StoreError: the server cannot be used; nothing was added, if the message does not say otherwise.
        """
        if not events:
            return
        bodies = [encode(event) for event in events]

        def add(connection: Connection) -> None:
            ((last,),) = connection.execute(_TAKE_IDS, (len(events),)).fetchall()
            ids = range(last - len(events) + 1, last + 1)
            types = [EVENT_TYPES[type(event)] for event in events]
            assets = [_asset(kind, event) for kind, event in zip(types, events, strict=True)]
            columns = ([*ids], [event.run_id for event in events], types, assets, bodies)
            connection.execute(_ADD_EVENTS, columns)
            numbered = zip(ids, events, strict=True)
            _write_changes(connection, record_changes(numbered, lambda run_id: _find_run(connection, run_id)))
            connection.execute(_NOTIFY)

        self._server.transaction(add)

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
            StoreError: the server cannot be used.
        """
        known = [kind for kind in EVENT_TYPES.values() if not types or kind in types]
        given = {"run_id": run_id, "asset": asset, "types": known}
        if asset is not None:
            query = _EVENTS_OF_ASSET if run_id is None else _EVENTS_OF_ASSET_AND_RUN
        elif run_id is not None:
            query = _EVENTS_OF_RUN
        else:
            query = _EVENTS_OF_TYPES if types else _EVENTS
        return self._pages(query, given, after, limit)

    def _pages(self, query: str, given: Mapping[str, Any], after: int, limit: int | None) -> Iterator[StoredEvent]:
        left = sys.maxsize if limit is None else limit
        while left > 0:
            page = min(left, _PAGE)
            rows = self._server.rows(query, {**given, "after": after, "limit": page})
            for number, body in rows:
                with postgres_faults(self._server.address):
                    event = decode_event(body)
                yield StoredEvent(number, event)
                after = number
            left = left - page if len(rows) == page else 0

    def watch(self) -> EventWatch:
        """Tells of new events; see `EventStore.watch`."""
        return PostgresWatch(self._server)

    def run(self, run_id: str) -> Run | None:
        """The run with this id.

        Raises:
            StoreError: the server cannot be used.
        """
        return self._server.run(lambda connection: _find_run(connection, run_id))

    def runs(
        self, *, status: RunStatus | None = None, job: str | None = None, id_prefix: str = "", limit: int | None = None
    ) -> list[Run]:
        """Runs, the one started last first.

        Raises:
            StoreError: the server cannot be used.
        """
        query = _RUNS
        if status is not None:
            query += " AND status = %(status)s"
        if job is not None:
            query += " AND job = %(job)s"
        given = {"status": None if status is None else status.value, "job": job, "id_prefix": id_prefix, "limit": limit}
        rows = self._server.rows(query + " ORDER BY number DESC LIMIT %(limit)s", given)
        with postgres_faults(self._server.address):
            return [decode_run(record) for (record,) in rows]

    def materializations(self, keys: Collection[str] | None = None) -> dict[str, Materialization]:
        """The newest materialization of each key that has one; of all keys if none are given.

        Raises:
            StoreError: the server cannot be used.
        """
        rows = (
            self._server.rows(_MATERIALIZATIONS)
            if keys is None
            else self._server.rows(_MATERIALIZATIONS_OF, ([*keys],))
        )
        with postgres_faults(self._server.address):
            events = [decode_event(body) for (body,) in rows]
        return materializations_of(events)

    def failed_assets(self) -> dict[str, str]:
        """Assets whose newest attempt failed, with the run that failed them.

        Raises:
            StoreError: the server cannot be used.
        """
        return dict(self._server.rows(_FAILED))

    def close(self) -> None:
        """Release the connections; may be called again."""
        self._server.close()


def _asset(kind: str, event: Event) -> str | None:
    return getattr(event, "asset", None) if kind.startswith("asset_") else None


def _find_run(connection: Connection, run_id: str) -> Run | None:
    row = connection.execute(_RUN, (run_id,)).fetchone()
    return decode_run(row[0]) if row else None


def _write_changes(connection: Connection, changes: RecordChanges) -> None:
    for run_id, run in changes.runs.items():
        if run is not None:
            connection.execute(_PUT_RUN, (run_id, run.status.value, run.job, encode(run)))
    _drop(connection, changes.runs, _DROP_RUNS)
    _put(connection, changes.materialized, _PUT_MATERIALIZED)
    _drop(connection, changes.materialized, _DROP_MATERIALIZED)
    _put(connection, changes.failed, _PUT_FAILED)
    _drop(connection, changes.failed, _DROP_FAILED)


def _put(connection: Connection, changes: Mapping[str, object], put: str) -> None:
    kept = {key: value for key, value in changes.items() if value is not None}
    if kept:
        connection.execute(put, ([*kept], [*kept.values()]))


def _drop(connection: Connection, changes: Mapping[str, object], drop: str) -> None:
    gone = [key for key, value in changes.items() if value is None]
    if gone:
        connection.execute(drop, (gone,))
