"""The books of automation in a SQLite file."""

import sqlite3
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
from orchestrator.storage.connection import SqliteFile
from orchestrator.storage.faults import store_faults
from orchestrator.storage.tick_rows import decode_request, decode_tick, state_of

_STATES = "SELECT location, name, kind, status, cursor, last_tick, last_run_key FROM automation_states"
_STATE = f"{_STATES} WHERE location = ? AND name = ?"
_PUT_STATUS = """
    INSERT INTO automation_states (location, name, kind, status, last_tick) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (location, name) DO UPDATE SET
        status = excluded.status, last_tick = ifnull(excluded.last_tick, last_tick)
"""
_SEEN = """
    INSERT INTO automation_states (location, name, kind, status, last_tick) VALUES (?, ?, ?, '', ?)
    ON CONFLICT (location, name) DO UPDATE SET last_tick = excluded.last_tick WHERE last_tick IS NULL
"""
_PUT_STATE = """
    INSERT INTO automation_states (location, name, kind, status, cursor, last_tick, last_run_key)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (location, name) DO UPDATE SET
        kind = excluded.kind, cursor = excluded.cursor, last_tick = excluded.last_tick,
        last_run_key = excluded.last_run_key
"""
_HAS_TICK = "SELECT 1 FROM ticks WHERE location = ? AND name = ? AND scheduled = ? AND kind = 'schedule'"
_ADD_TICK = """
    INSERT INTO ticks (id, location, name, kind, scheduled, status, record) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_DROP_OLD = """
    DELETE FROM ticks
    WHERE location = ? AND name = ? AND kind = 'sensor' AND status = 'skipped' AND scheduled < ?
"""
_TICKS = "SELECT record FROM ticks WHERE location = ? AND name = ? ORDER BY number DESC LIMIT ?"
_USED_KEYS = """
    SELECT run_key FROM run_requests
    WHERE location = ? AND name = ? AND run_key IS NOT NULL AND run_key IN (SELECT value FROM json_each(?))
"""
_ADD_REQUEST = """
    INSERT INTO run_requests (id, tick_id, location, name, run_key, status, record) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_PUT_REQUEST = "UPDATE run_requests SET status = ?, record = ? WHERE id = ?"
_REQUEST = "SELECT record FROM run_requests WHERE id = ?"
_REQUESTS = "SELECT record FROM run_requests WHERE 1"
_LEASE = "SELECT holder, expires FROM leases WHERE name = ?"
_PUT_LEASE = "INSERT OR REPLACE INTO leases (name, holder, expires) VALUES (?, ?, ?)"
_DROP_LEASE = "DELETE FROM leases WHERE name = ? AND holder = ?"


class SqliteTickStore:
    """A `TickStore` in the file of an event store.

    Args:
        file: the open database.
    """

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def states(self) -> list[AutomationState]:
        """How far schedules and sensors have come, by location and name."""
        return [state_of(row) for row in self._file.rows(f"{_STATES} ORDER BY location, name")]

    def set_status(self, location: str, name: str, kind: str, status: str, since: float | None = None) -> None:
        """Say that one is running or stopped; see `TickStore.set_status`."""
        with self._file.transaction() as connection:
            connection.execute(_PUT_STATUS, (location, name, kind, status, since))

    def note_seen(self, location: str, name: str, kind: str, now: float) -> None:
        """Say that nothing is due before now; see `TickStore.note_seen`."""
        with self._file.transaction() as connection:
            connection.execute(_SEEN, (location, name, kind, now))

    def record(
        self, tick: TickRecord, requests: Sequence[RunRequestData], before: AutomationState, after: AutomationState
    ) -> TickRecord | None:
        """Write down a tick; see `TickStore.record`."""
        who = (tick.location, tick.name)
        with self._file.transaction() as connection:
            row = connection.execute(_STATE, who).fetchone()
            if (state_of(row).position if row else (None, None)) != before.position:
                return None
            if tick.kind == "schedule" and connection.execute(_HAS_TICK, (*who, tick.scheduled)).fetchone():
                return None
            keys = encode([one.run_key for one in requests if one.run_key is not None])
            made = new_requests(tick, requests, [key for (key,) in connection.execute(_USED_KEYS, (*who, keys))])
            recorded = counted(tick, len(made))
            connection.execute(_ADD_TICK, (tick.id, *who, tick.kind, tick.scheduled, recorded.status, encode(recorded)))
            connection.executemany(
                _ADD_REQUEST, [(one.id, tick.id, *who, one.run_key, one.status, encode(one)) for one in made]
            )
            connection.execute(_DROP_OLD, (*who, tick.scheduled - KEEP_SKIPPED))
            connection.execute(_PUT_STATE, astuple(replace(after, status="")))
        return recorded

    def ticks(self, location: str, name: str, limit: int) -> list[TickRecord]:
        """Ticks of a schedule or sensor, newest first."""
        rows = self._file.rows(_TICKS, (location, name, limit))
        with store_faults(self._file.path):
            return [decode_tick(record) for (record,) in rows]

    def requests(self, *, status: str = "", tick_id: str = "") -> list[RunRequestRecord]:
        """Requests in the order they were made."""
        query, given = _REQUESTS, {"status": status, "tick_id": tick_id}
        if status:
            query += " AND status = :status"
        if status in ("queued", "launched"):
            query += " AND status IN ('queued', 'launched')"  # or the index of those is not used
        if tick_id:
            query += " AND tick_id = :tick_id"
        rows = self._file.rows(query + " ORDER BY number", given)
        with store_faults(self._file.path):
            return [decode_request(record) for (record,) in rows]

    def request(self, request_id: str) -> RunRequestRecord | None:
        """The request with this id."""
        with self._file.reading() as connection:
            return _find_request(connection, request_id)

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
        with self._file.transaction() as connection:
            owner, expires = connection.execute(_LEASE, (name,)).fetchone() or (holder, now)
            if owner != holder and expires > now:
                return str(owner)
            connection.execute(_PUT_LEASE, (name, holder, now + seconds))
        return holder

    def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        with self._file.transaction() as connection:
            connection.execute(_DROP_LEASE, (name, holder))

    def _move(
        self, request_id: str, seen: tuple[str, int] | None, change: Callable[[RunRequestRecord], RunRequestRecord]
    ) -> bool:
        """Change a request, if it stands as it was seen."""
        with self._file.transaction() as connection:
            found = _find_request(connection, request_id)
            if found is None or (seen is not None and (found.status, found.attempts) != seen):
                return False
            changed = change(found)
            connection.execute(_PUT_REQUEST, (changed.status, encode(changed), request_id))
        return True


def _find_request(connection: sqlite3.Connection, request_id: str) -> RunRequestRecord | None:
    row = connection.execute(_REQUEST, (request_id,)).fetchone()
    return decode_request(row[0]) if row else None
