"""The slots of concurrency pools in a SQLite file."""

from collections.abc import Callable, Collection

from orchestrator.runs.pools import PoolPlace, in_order, may_hold
from orchestrator.runs.text import encode_json as encode
from orchestrator.storage.connection import SqliteFile

_PLACES = "SELECT pool, run_id, step, held, since, seen, host, pid, process_token FROM pool_places"
_PLACES_OF = f"{_PLACES} WHERE pool = ?"
_PUT = """
    INSERT INTO pool_places (pool, run_id, step, held, since, seen, host, pid, process_token)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (pool, run_id, step) DO UPDATE SET held = excluded.held, since = excluded.since, seen = excluded.seen
"""
_DROP = "DELETE FROM pool_places WHERE pool = ? AND run_id = ? AND step = ?"
_RELEASE_ALL = "DELETE FROM pool_places WHERE run_id = ?"
_RELEASE = "DELETE FROM pool_places WHERE run_id = ? AND step IN (SELECT value FROM json_each(?))"
_RENEW = "UPDATE pool_places SET seen = ? WHERE run_id = ? AND held"


class SqlitePoolStore:
    """A `PoolStore` in the file of an event store.

    Args:
        file: the open database.
    """

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def claim(self, place: PoolPlace, limit: int, is_gone: Callable[[PoolPlace], bool]) -> bool:
        """Ask for a slot; see `PoolStore.claim`."""
        with self._file.transaction() as connection:
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
            row = (place.pool, place.run_id, place.step, held, place.since, place.seen, *owner)
            connection.execute(_PUT, row)
        return held

    def release(self, run_id: str, steps: Collection[str] | None = None) -> None:
        """Give up the places of some steps of a run, or of all of them."""
        with self._file.transaction() as connection:
            if steps is None:
                connection.execute(_RELEASE_ALL, (run_id,))
            else:
                connection.execute(_RELEASE, (run_id, encode([*steps])))

    def renew(self, run_id: str, now: float) -> None:
        """Say that the process of a run, which holds slots, is alive."""
        with self._file.transaction() as connection:
            connection.execute(_RENEW, (now, run_id))

    def places(self) -> list[PoolPlace]:
        """All places; see `PoolStore.places`."""
        return in_order(map(_place, self._file.rows(_PLACES)))


def _place(row: tuple[str, str, str, int, float, float, str, int, str]) -> PoolPlace:
    pool, run_id, step, held, since, seen, host, pid, token = row
    return PoolPlace(
        pool=pool,
        run_id=run_id,
        step=step,
        held=bool(held),
        since=since,
        seen=seen,
        host=host,
        pid=pid,
        process_token=token,
    )
