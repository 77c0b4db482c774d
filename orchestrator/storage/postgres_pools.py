"""The slots of concurrency pools on a PostgreSQL server."""

from collections.abc import Callable, Collection
from typing import Any

from orchestrator.runs.pools import PoolPlace, in_order, may_hold
from orchestrator.storage.postgres_server import Connection, PostgresServer, lock_of

_COLUMNS = ("pool", "run_id", "step", "held", "since", "seen", "host", "pid", "process_token")
_PLACES = f"SELECT {', '.join(_COLUMNS)} FROM orch_pool_places"  # noqa: S608  names of columns
_PLACES_OF = f"{_PLACES} WHERE pool = %s"
# one at a time per pool; who holds the lock sees all that was written before
_LOCK = "SELECT pg_advisory_xact_lock(%s, %s)"
_PUT = """
    INSERT INTO orch_pool_places (pool, run_id, step, held, since, seen, host, pid, process_token)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (pool, run_id, step) DO UPDATE SET held = excluded.held, since = excluded.since, seen = excluded.seen
"""
_DROP = "DELETE FROM orch_pool_places WHERE pool = %s AND run_id = %s AND step = %s"
_RELEASE_ALL = "DELETE FROM orch_pool_places WHERE run_id = %s"
_RELEASE = "DELETE FROM orch_pool_places WHERE run_id = %s AND step = ANY(%s)"
_RENEW = "UPDATE orch_pool_places SET seen = %s WHERE run_id = %s AND held"


class PostgresPoolStore:
    """A `PoolStore` in the database of an event store.

    Args:
        server: the database.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def claim(self, place: PoolPlace, limit: int, is_gone: Callable[[PoolPlace], bool]) -> bool:
        """Ask for a slot; see `PoolStore.claim`."""

        def ask(connection: Connection) -> bool:
            connection.execute(_LOCK, lock_of("pool", place.pool))
            others = []
            for one in map(_place, connection.execute(_PLACES_OF, (place.pool,)).fetchall()):
                if (one.run_id, one.step) == (place.run_id, place.step):
                    continue
                if is_gone(one):
                    connection.execute(_DROP, (one.pool, one.run_id, one.step))
                else:
                    others.append(one)
            held = may_hold(place, others, limit)
            owner = (place.host, place.pid, place.process_token)
            connection.execute(_PUT, (place.pool, place.run_id, place.step, held, place.since, place.seen, *owner))
            return held

        return self._server.transaction(ask)

    def release(self, run_id: str, steps: Collection[str] | None = None) -> None:
        """Give up the places of some steps of a run, or of all of them."""
        if steps is None:
            self._server.change(_RELEASE_ALL, (run_id,))
        else:
            self._server.change(_RELEASE, (run_id, [*steps]))

    def renew(self, run_id: str, now: float) -> None:
        """Say that the process of a run, which holds slots, is alive."""
        self._server.change(_RENEW, (now, run_id))

    def places(self) -> list[PoolPlace]:
        """All places; see `PoolStore.places`."""
        return in_order(map(_place, self._server.rows(_PLACES)))


def _place(row: tuple[Any, ...]) -> PoolPlace:
    return PoolPlace(**dict(zip(_COLUMNS, row, strict=True)))
