"""The books of automation on a PostgreSQL server."""

from collections.abc import Callable, Sequence

from msgspec.structs import astuple, replace

from orchestrator.runs.records import Coordinator
from orchestrator.runs.requests import RunRequestData
from orchestrator.runs.text import encode_json as encode
from orchestrator.runs.ticks import (
    KEEP_SKIPPED,
    AutomationState,
    RunRequestRecord,
    TickRecord,
    counted,
    launched,
    new_requests,
)
from orchestrator.storage.postgres_faults import postgres_faults
from orchestrator.storage.postgres_server import Connection, PostgresServer, lock_of
from orchestrator.storage.tick_rows import decode_request, decode_tick, state_of

_STATES = "SELECT location, name, kind, status, cursor, last_tick, last_run_key FROM orch_automation_states"
_STATE = f"{_STATES} WHERE location = %s AND name = %s"
_PUT_STATUS = """
    INSERT INTO orch_automation_states (location, name, kind, status, last_tick) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (location, name) DO UPDATE SET
        status = excluded.status, last_tick = coalesce(excluded.last_tick, orch_automation_states.last_tick)
"""
_SEEN = """
    INSERT INTO orch_automation_states (location, name, kind, status, last_tick) VALUES (%s, %s, %s, '', %s)
    ON CONFLICT (location, name) DO UPDATE SET last_tick = excluded.last_tick WHERE orch_automation_states.last_tick IS NULL
"""
_PUT_STATE = """
    INSERT INTO orch_automation_states (location, name, kind, status, cursor, last_tick, last_run_key)
    VALUES (%s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (location, name) DO UPDATE SET
        kind = excluded.kind, cursor = excluded.cursor, last_tick = excluded.last_tick,
        last_run_key = excluded.last_run_key
"""
_HAS_TICK = "SELECT 1 FROM orch_ticks WHERE location = %s AND name = %s AND scheduled = %s AND kind = 'schedule'"
_ADD_TICK = """
    INSERT INTO orch_ticks (id, location, name, kind, scheduled, status, record) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_DROP_OLD = """
    DELETE FROM orch_ticks
    WHERE location = %s AND name = %s AND kind = 'sensor' AND status = 'skipped' AND scheduled < %s
"""
_TICKS = "SELECT record FROM orch_ticks WHERE location = %s AND name = %s ORDER BY number DESC LIMIT %s"
_USED_KEYS = """
    SELECT run_key FROM orch_run_requests
    WHERE location = %s AND name = %s AND run_key IS NOT NULL AND run_key = ANY(%s::text[])
"""
_ADD_REQUEST = """
    INSERT INTO orch_run_requests (id, tick_id, location, name, run_key, status, record) VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
_PUT_REQUEST = "UPDATE orch_run_requests SET status = %s, record = %s WHERE id = %s"
_REQUEST = "SELECT record FROM orch_run_requests WHERE id = %s"
_REQUEST_TO_CHANGE = f"{_REQUEST} FOR UPDATE"
_REQUESTS = "SELECT record FROM orch_run_requests WHERE true"
_LEASE = "SELECT holder, expires FROM orch_leases WHERE name = %s"
_PUT_LEASE = """
    INSERT INTO orch_leases (name, holder, expires) VALUES (%s, %s, %s)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
"""
_DROP_LEASE = "DELETE FROM orch_leases WHERE name = %s AND holder = %s"

# what was recorded is acted upon: it must outlive a crash of the server, whatever the address says of other commits
_DURABLY = "SET LOCAL synchronous_commit = on"
# one at a time per schedule, sensor or lease; who holds the lock sees all that was written before
_LOCK = "SELECT pg_advisory_xact_lock(%s, %s)"


class PostgresTickStore:
    """A `TickStore` in the database of an event store.

    Args:
        server: the database.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def states(self) -> list[AutomationState]:
        """How far schedules and sensors have come, by location and name."""
        return [state_of(row) for row in self._server.rows(f"{_STATES} ORDER BY location, name")]

    def set_status(self, location: str, name: str, kind: str, status: str, since: float | None = None) -> None:
        """Say that one is running or stopped; see `TickStore.set_status`."""
        self._server.change(_PUT_STATUS, (location, name, kind, status, since))

    def note_seen(self, location: str, name: str, kind: str, now: float) -> None:
        """Say that nothing is due before now; see `TickStore.note_seen`."""
        self._server.change(_SEEN, (location, name, kind, now))

    def record(
        self, tick: TickRecord, requests: Sequence[RunRequestData], before: AutomationState, after: AutomationState
    ) -> TickRecord | None:
        """Write down a tick; see `TickStore.record`."""
        return self._server.transaction(lambda connection: _record(connection, tick, requests, (before, after)))

    def ticks(self, location: str, name: str, limit: int) -> list[TickRecord]:
        """Ticks of a schedule or sensor, newest first."""
        rows = self._server.rows(_TICKS, (location, name, limit))
        with postgres_faults(self._server.address):
            return [decode_tick(record) for (record,) in rows]

    def requests(self, *, status: str = "", tick_id: str = "") -> list[RunRequestRecord]:
        """Requests in the order they were made."""
        query, given = _REQUESTS, {"status": status, "tick_id": tick_id}
        if status:
            query += " AND status = %(status)s"
        if status in ("queued", "launched"):
            query += " AND status IN ('queued', 'launched')"  # or the index of those is not used
        if tick_id:
            query += " AND tick_id = %(tick_id)s"
        rows = self._server.rows(query + " ORDER BY number", given)
        with postgres_faults(self._server.address):
            return [decode_request(record) for (record,) in rows]

    def request(self, request_id: str) -> RunRequestRecord | None:
        """The request with this id."""
        return self._server.run(lambda connection: _find_request(connection, _REQUEST, request_id))

    def note_launched(self, request_id: str, attempts: int, process: Coordinator) -> bool:
        """Take a request that is queued; see `TickStore.note_launched`."""
        return self._move(request_id, ("queued", attempts), lambda found: launched(found, process))

    def note_queued(self, request_id: str, attempts: int) -> bool:
        """Put a request back; see `TickStore.note_queued`."""
        return self._move(request_id, ("launched", attempts), lambda found: replace(found, status="queued"))

    def note_done(self, request_id: str, *, dropped: str = "") -> None:
        """Say that the run of a request is over, or why there will be none."""
        status = "dropped" if dropped else "done"
        self._move(request_id, None, lambda found: replace(found, status=status, message=dropped))

    def lease(self, name: str, holder: str, now: float, seconds: float) -> str:
        """Ask for a lease, or renew it; see `TickStore.lease`."""

        def ask(connection: Connection) -> str:
            connection.execute(_LOCK, lock_of("lease", name))
            owner, expires = connection.execute(_LEASE, (name,)).fetchone() or (holder, now)
            if owner != holder and expires > now:
                return str(owner)
            connection.execute(_PUT_LEASE, (name, holder, now + seconds))
            return holder

        return self._server.transaction(ask)

    def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        self._server.change(_DROP_LEASE, (name, holder))

    def _move(
        self, request_id: str, seen: tuple[str, int] | None, change: Callable[[RunRequestRecord], RunRequestRecord]
    ) -> bool:
        """Change a request, if it stands as it was seen."""

        def move(connection: Connection) -> bool:
            connection.execute(_DURABLY)
            found = _find_request(connection, _REQUEST_TO_CHANGE, request_id)
            if found is None or (seen is not None and (found.status, found.attempts) != seen):
                return False
            changed = change(found)
            connection.execute(_PUT_REQUEST, (changed.status, encode(changed), request_id))
            return True

        return self._server.transaction(move)


def _record(
    connection: Connection,
    tick: TickRecord,
    requests: Sequence[RunRequestData],
    states: tuple[AutomationState, AutomationState],
) -> TickRecord | None:
    who, (before, after) = (tick.location, tick.name), states
    connection.execute(_DURABLY)
    connection.execute(_LOCK, lock_of("tick", *who))
    row = connection.execute(_STATE, who).fetchone()
    if (state_of(row).position if row else (None, None)) != before.position:
        return None
    if tick.kind == "schedule" and connection.execute(_HAS_TICK, (*who, tick.scheduled)).fetchone():
        return None
    keys = [one.run_key for one in requests if one.run_key is not None]
    used = connection.execute(_USED_KEYS, (*who, keys)).fetchall() if keys else []
    made = new_requests(tick, requests, [key for (key,) in used])
    recorded = counted(tick, len(made))
    connection.execute(_ADD_TICK, (tick.id, *who, tick.kind, tick.scheduled, recorded.status, encode(recorded)))
    for one in made:
        connection.execute(_ADD_REQUEST, (one.id, tick.id, *who, one.run_key, one.status, encode(one)))
    connection.execute(_DROP_OLD, (*who, tick.scheduled - KEEP_SKIPPED))
    connection.execute(_PUT_STATE, astuple(replace(after, status="")))
    return recorded


def _find_request(connection: Connection, query: str, request_id: str) -> RunRequestRecord | None:
    row = connection.execute(query, (request_id,)).fetchone()
    return decode_request(row[0]) if row else None
