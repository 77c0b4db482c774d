"""What keeps the tables on a PostgreSQL server in shape."""

from orchestrator.runs.records import RunStatus
from orchestrator.runs.upkeep import StoreCounts
from orchestrator.storage.codec import decode_run
from orchestrator.storage.postgres_faults import postgres_faults
from orchestrator.storage.postgres_server import PostgresServer

_TABLES = (
    *("orch_events", "orch_runs", "orch_materialized", "orch_failed", "orch_pool_places"),
    *("orch_automation_states", "orch_ticks", "orch_run_requests", "orch_leases"),
)
_COUNTS = """
    SELECT
        (SELECT max(version) FROM orch_format),
        (SELECT coalesce(sum(pg_total_relation_size(name::regclass)), 0)::bigint FROM unnest(%s::text[]) AS name),
        (SELECT count(*) FROM orch_events),
        (SELECT count(*) FROM orch_events WHERE type = 'asset_materialized'),
        (SELECT count(*) FROM orch_materialized)
"""
_RUNS_BY_STATUS = "SELECT status, count(*) FROM orch_runs GROUP BY status"
_FIRST_AND_LAST = """
    SELECT record FROM orch_runs
    WHERE number IN ((SELECT min(number) FROM orch_runs), (SELECT max(number) FROM orch_runs)) ORDER BY number
"""
_FORGET = """
    DELETE FROM orch_events WHERE id IN (
        SELECT id FROM orch_events
        WHERE run_id = %s AND NOT EXISTS (SELECT 1 FROM orch_materialized WHERE event_id = orch_events.id)
        LIMIT %s
    )
"""
_DROP_RUN = "DELETE FROM orch_runs WHERE run_id = %s"
#: How many events are removed in one transaction.
_BATCH = 2000


class PostgresUpkeep:
    """A `StoreUpkeep` for the tables of an event store.

    Args:
        server: the database.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def counts(self) -> StoreCounts:
        """How much is in the store."""
        ((version, size, events, materializations, assets),) = self._server.rows(_COUNTS, ([*_TABLES],))
        records = self._server.rows(_FIRST_AND_LAST)
        with postgres_faults(self._server.address):
            times = [decode_run(record).started for (record,) in records]
        return StoreCounts(
            format=version,
            size=size,
            runs={RunStatus(status): count for status, count in self._server.rows(_RUNS_BY_STATUS)},
            events=events,
            materializations=materializations,
            materialized_assets=assets,
            oldest=times[0] if times else None,
            newest=times[-1] if times else None,
        )

    def forget(self, run_id: str) -> int:
        """Remove what is known of a run; see `StoreUpkeep.forget`."""
        removed = 0
        while True:
            count = self._server.change(_FORGET, (run_id, _BATCH))
            removed += count
            if count < _BATCH:
                self._server.change(_DROP_RUN, (run_id,))
                return removed

    def compact(self) -> bool:
        """Let the room of what was removed be used again; the server gives back what it can."""
        self._server.change(f"VACUUM {', '.join(_TABLES)}")
        return True

    def rebuild(self) -> None:
        """Write the tables anew; see `StoreUpkeep.rebuild`."""
        self._server.change(f"VACUUM FULL {', '.join(_TABLES)}")
