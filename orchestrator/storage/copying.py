"""Copies the records of a SQLite file to PostgreSQL: all of them, or none."""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from orchestrator.errors import StoreError
from orchestrator.storage.database import open_database
from orchestrator.storage.faults import store_faults
from orchestrator.storage.postgres_faults import postgres_faults
from orchestrator.storage.postgres_server import Connection, PostgresServer
from orchestrator.storage.store_url import shown

#: Table of PostgreSQL, its columns, and what fills them. Ids stay as they are: cursors tell of them.
_TABLES = (
    (
        "orch_events (id, run_id, type, asset, body)",
        """
        SELECT id, run_id, type, CASE WHEN type BETWEEN 'asset_' AND 'asset_z' THEN json_extract(body, '$.asset') END, body
        FROM events ORDER BY id
        """,
    ),
    ("orch_runs (run_id, status, job, record)", "SELECT run_id, status, job, record FROM runs ORDER BY number"),
    ("orch_materialized (asset, event_id)", "SELECT asset, event_id FROM materialized"),
    ("orch_failed (asset, run_id)", "SELECT asset, run_id FROM failed"),
    (
        "orch_automation_states (location, name, kind, status, cursor, last_tick, last_run_key)",
        "SELECT location, name, kind, status, cursor, last_tick, last_run_key FROM automation_states",
    ),
    (
        "orch_ticks (id, location, name, kind, scheduled, status, record)",
        "SELECT id, location, name, kind, scheduled, status, record FROM ticks ORDER BY number",
    ),
    (
        "orch_run_requests (id, tick_id, location, name, run_key, status, record)",
        "SELECT id, tick_id, location, name, run_key, status, record FROM run_requests ORDER BY number",
    ),
)
_LAST = "SELECT ifnull(max(id), 0) FROM events"
_TAKE_ALL = "SELECT last_event FROM orch_counter FOR UPDATE"
_SET_LAST = "UPDATE orch_counter SET last_event = %s"


class Copied(Struct, frozen=True):
    """What was copied."""

    #: The address it was copied to, without its password.
    store: str
    events: int
    runs: int
    materialized_assets: int
    failed_assets: int
    #: Schedules and sensors whose place is known, their ticks, and the runs those requested.
    automation_states: int
    ticks: int
    run_requests: int


def copy_records(path: Path, address: str) -> Copied:
    """Copy events, runs, what is known of assets and the books of automation to a store that is empty.

    Slots of pools and leases stay behind.

    It is one transaction, which ends well only if as many rows arrived as were sent: a copy that was interrupted has left
    nothing, and is done again.

    Args:
        path: of the SQLite file; no run of it goes on.
        address: of PostgreSQL, with all its variables replaced.

    Raises:
        StoreError: one of the two cannot be used, or there are records in the store.
    """
    server = PostgresServer(address)
    try:
        with store_faults(path), closing(open_database(path)) as source:
            source.execute("BEGIN")  # what others write from now on is not seen
            counts = server.run(lambda connection: _copy_all(source, connection, address))
            source.execute("COMMIT")
    finally:
        server.close()
    return Copied(shown(address), *counts)


def _copy_all(source: sqlite3.Connection, target: Connection, address: str) -> list[int]:
    with postgres_faults(address), target.transaction():
        ((taken,),) = target.execute(_TAKE_ALL).fetchall()  # nobody appends meanwhile
        if taken:
            raise StoreError(
                f"the store {shown(address)} holds records already",
                hint="copy to an empty database, or to a schema of its own: ...?options=-csearch_path%3DNAME",
            )
        counts = [_copy_table(source, target, table, query) for table, query in _TABLES]
        (last,) = source.execute(_LAST).fetchone()
        target.execute(_SET_LAST, (last,))
        return counts


def _copy_table(source: sqlite3.Connection, target: Connection, table: str, query: str) -> int:
    sent = 0
    with target.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
        for row in source.execute(query):
            copy.write_row(row)
            sent += 1
    name = table.partition(" ")[0]
    ((arrived,),) = target.execute(f"SELECT count(*) FROM {name}".encode()).fetchall()  # noqa: S608  a name of ours
    if arrived != sent:
        raise StoreError(f"of {sent} rows for {name}, {arrived} arrived: nothing was copied")
    return sent
