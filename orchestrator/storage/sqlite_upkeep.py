"""What keeps a SQLite file in shape."""

from contextlib import suppress
from pathlib import Path

from orchestrator.runs.records import RunStatus
from orchestrator.runs.upkeep import StoreCounts
from orchestrator.storage.codec import decode_run
from orchestrator.storage.connection import SqliteFile
from orchestrator.storage.database import gives_room_back, set_busy_timeout
from orchestrator.storage.faults import store_faults

_COUNTS = """
    SELECT
        (SELECT user_version FROM pragma_user_version),
        (SELECT count(*) FROM events),
        (SELECT count(*) FROM events WHERE type = 'asset_materialized'),
        (SELECT count(*) FROM materialized)
"""
_RUNS_BY_STATUS = "SELECT status, count(*) FROM runs GROUP BY status"
_FIRST_AND_LAST = """
    SELECT record FROM runs WHERE number IN ((SELECT min(number) FROM runs), (SELECT max(number) FROM runs))
    ORDER BY number
"""
# the last of all events stays, so that its id is not given again: readers go on from the last id they saw
_FORGET = """
    DELETE FROM events WHERE id IN (
        SELECT id FROM events
        WHERE run_id = :run_id AND id < (SELECT max(id) FROM events) AND NOT (
            type = 'asset_materialized' AND EXISTS (
                SELECT 1 FROM materialized
                WHERE asset = json_extract(body, '$.asset') AND event_id = events.id
            )
        )
        LIMIT :limit
    )
"""
_DROP_RUN = "DELETE FROM runs WHERE run_id = ?"
#: How many events, and pages of the file, are removed in one transaction.
_BATCH = 2000
_PAGES = 200
#: How long to wait for readers that still need the write-ahead log, in seconds.
_PATIENCE = 0.5


class SqliteUpkeep:
    """A `StoreUpkeep` for the file of an event store.

    Args:
        file: the open database.
    """

    def __init__(self, file: SqliteFile) -> None:
        self._file = file

    def counts(self) -> StoreCounts:
        """How much is in the store."""
        ((version, events, materializations, assets),) = self._file.rows(_COUNTS)
        records = self._file.rows(_FIRST_AND_LAST)
        with store_faults(self._file.path):
            times = [decode_run(record).started for (record,) in records]
        return StoreCounts(
            format=version,
            size=sum(_size(f"{self._file.path}{ending}") for ending in ("", "-wal")),
            runs={RunStatus(status): count for status, count in self._file.rows(_RUNS_BY_STATUS)},
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
            with self._file.transaction() as connection:
                count = connection.execute(_FORGET, {"run_id": run_id, "limit": _BATCH}).rowcount
                if count < _BATCH:
                    connection.execute(_DROP_RUN, (run_id,))
            removed += count
            if count < _BATCH:
                return removed

    def compact(self) -> bool:
        """Give the room of what was removed back to the disk; see `StoreUpkeep.compact`."""
        with self._file.reading() as connection:
            if not gives_room_back(connection):
                return False
        left = self._free_pages()
        while left:
            with self._file.reading() as connection:
                connection.execute(f"PRAGMA incremental_vacuum({_PAGES})").fetchall()
            before, left = left, self._free_pages()
            if left >= before:  # somebody removes as fast as we do
                break
        self._shorten_log()
        return True

    def rebuild(self) -> None:
        """Write the file anew; see `StoreUpkeep.rebuild`."""
        with self._file.reading() as connection:
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute("VACUUM")
        self._shorten_log()

    def _free_pages(self) -> int:
        ((count,),) = self._file.rows("PRAGMA freelist_count")
        return int(count)

    def _shorten_log(self) -> None:
        """Bring all changes into the file itself, if no reader is in the way; else that is done later."""
        with self._file.reading() as connection:
            set_busy_timeout(connection, _PATIENCE)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            set_busy_timeout(connection)


def _size(path: str) -> int:
    with suppress(OSError):
        return Path(path).stat().st_size
    return 0
