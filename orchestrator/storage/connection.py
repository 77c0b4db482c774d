"""One SQLite file, used by several threads: reading, and transactions."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from orchestrator.storage.database import open_database
from orchestrator.storage.faults import missing_database, store_faults


class SqliteFile:
    """An open database.

    Args:
        path: the file; its folder must be there.

    Raises:
        StoreError: the file cannot be made or opened, is damaged, or is not one this version can read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        with store_faults(path):
            self._connection = open_database(path)
        # also on garbage collection and at exit: Python warns of connections left open
        self._close = weakref.finalize(self, self._connection.close)
        self._file = self._file_id()

    def close(self) -> None:
        """Release the file; may be called again."""
        with self._lock:
            self._close()

    def rows(self, query: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query.

        Raises:
            StoreError: the file cannot be read.
        """
        with self.reading() as connection:
            return connection.execute(query, parameters).fetchall()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for this thread alone.

        Raises:
            StoreError: the file is gone, or the block raised an error of SQLite.
        """
        with self._lock, store_faults(self.path):
            if self._file_id() != self._file:
                raise missing_database(self.path)
            yield self._connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection in a transaction that writes: all of it is done, or nothing.

        Raises:
            StoreError: as of `reading`; nothing was done.
        """
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # SQLite has rolled back by itself after some errors
                    connection.execute("ROLLBACK")
                raise

    def _file_id(self) -> tuple[int, int] | None:
        """Which file has the path now: SQLite would go on writing to one that was deleted."""
        try:
            status = os.stat(self.path)  # noqa: PTH116  the same, at half the cost, on every append
        except OSError:
            return None
        return status.st_dev, status.st_ino
