"""Connections to one PostgreSQL database, used by several threads: queries, and transactions.

They are kept in a stack of our own: a pool that opens connections in threads behind one's back cannot say why it got none,
and takes a second connection to start (docs/decisions/0013-postgres-store.md).
"""

import logging
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from zlib import crc32

import psycopg

from orchestrator.storage.postgres_faults import newer_store, passwords_of, postgres_faults, unknown_outcome

Connection = psycopg.Connection[tuple[Any, ...]]
_Result = TypeVar("_Result")

#: The script with index n brings a database from format n to n + 1.
SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("postgres_1.sql", "postgres_2.sql"))
#: Of advisory locks: "orch".
LOCK_CLASS = 0x6F726368
_MIGRATION = 0
#: How many connections rest between uses; more are opened while more threads need one.
_RESTING = 4
#: Seconds. An option `connect_timeout` of the address goes before it.
_CONNECT_TIMEOUT = 10
#: A connection that was not used for so long may have been closed by the server; in seconds.
_RESTED = 2.0

_FORMAT = "SELECT max(version) FROM orch_format"
_KEEP_ALIVE = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}

# of a pipeline on a connection that was lost; the error that says so is raised as well
logging.getLogger("psycopg").addFilter(lambda record: not record.getMessage().startswith("error ignored"))


class PostgresServer:
    """A database with our tables, which are made on first use if they are not there.

    Args:
        address: a URL of PostgreSQL, with all its variables replaced.

    Raises:
        StoreError: the address cannot be read.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        passwords_of(address)  # is it one?
        self._lock = threading.Lock()
        self._resting: list[tuple[float, Connection]] = []
        self._close = weakref.finalize(self, _close_all, self._resting)
        #: It is not connected to before it is needed: a worker may never be.
        self._prepared = False

    def close(self) -> None:
        """Release the connections; may be called again."""
        with self._lock:
            self._close()

    def rows(self, query: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement that may be sent twice: it is, if the connection was lost.

        Raises:
            StoreError: the database cannot be used.
        """
        return self.run(lambda connection: connection.execute(query, parameters).fetchall())

    def change(self, query: str, parameters: Any = ()) -> int:
        """Send a statement that may be sent twice, and tell how many rows it changed.

        Raises:
            StoreError: the database cannot be used.
        """
        return self.run(lambda connection: connection.execute(query, parameters).rowcount)

    def run(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do what may be done twice: it is, if the connection was lost.

        Raises:
            StoreError: the database cannot be used.
        """
        with postgres_faults(self.address):
            connection = self._take()
            try:
                return work(connection)
            except psycopg.OperationalError:
                if not connection.closed:
                    raise
            finally:
                self._give_back(connection)
            connection = self._take()  # if it cannot be had, the error says why
            try:
                return work(connection)
            finally:
                self._give_back(connection)

    def transaction(self, work: Callable[[Connection], _Result]) -> _Result:
        """Do all of it, or nothing. It is done again if the connection was lost before the end was asked for.

        Statements are sent without waiting for what comes of them, until a row is fetched.

        Raises:
            StoreError: the database cannot be used.
        """
        ending = False

        def all_of_it(connection: Connection) -> _Result:
            nonlocal ending
            try:
                with connection.pipeline():
                    connection.execute("BEGIN")
                    result = work(connection)
                    ending = True
                    connection.execute("COMMIT")
            except BaseException as error:
                if not connection.closed:
                    connection.rollback()
                elif ending and isinstance(error, psycopg.OperationalError):
                    raise unknown_outcome(self.address) from None
                raise
            return result

        return self.run(all_of_it)

    def connect(self) -> Connection:
        """A connection of one's own.

        Raises:
            psycopg.Error: there is none to be had.
        """
        options = psycopg.conninfo.conninfo_to_dict(self.address)
        given: dict[str, Any] = {
            "connect_timeout": _CONNECT_TIMEOUT,
            "application_name": "orch",
            **_KEEP_ALIVE,
            **options,
        }
        connection: Connection = psycopg.connect(**given, autocommit=True)
        return connection

    def _take(self) -> Connection:
        connection = self._rested()
        if connection is None:
            connection = self.connect()
            if not self._prepared:
                try:
                    _prepare(connection, self.address)
                except BaseException:
                    connection.close()
                    raise
                self._prepared = True
        return connection

    def _rested(self) -> Connection | None:
        while True:
            with self._lock:
                if not self._resting:
                    return None
                since, connection = self._resting.pop()
            if time.monotonic() - since < _RESTED or _lives(connection):
                return connection
            connection.close()

    def _give_back(self, connection: Connection) -> None:
        with self._lock:
            if not connection.closed and self._close.alive and len(self._resting) < _RESTING:
                self._resting.append((time.monotonic(), connection))
                return
        connection.close()


def lock_of(*names: str) -> tuple[int, int]:
    """The advisory lock of something; two may have one in common, and then wait for each other."""
    return LOCK_CLASS, crc32("\n".join(names).encode()) - 2**31


def _close_all(resting: list[tuple[float, Connection]]) -> None:
    while resting:
        resting.pop()[1].close()


def _lives(connection: Connection) -> bool:
    try:
        connection.execute("")
    except psycopg.OperationalError:
        return False
    return True


def _prepare(connection: Connection, address: str) -> None:
    """Bring the tables to the newest format; what is up to date is not written to."""
    version = _version(connection)
    if version > len(SCRIPTS):
        raise newer_store(address, version, len(SCRIPTS))
    if version == len(SCRIPTS):
        return
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (LOCK_CLASS, _MIGRATION))
        connection.execute("CREATE TABLE IF NOT EXISTS orch_format (version INTEGER PRIMARY KEY)")
        version = _newest(connection)  # read again: another process may have been faster
        for number, script in enumerate(SCRIPTS[version:], version + 1):
            connection.execute(script.read_bytes())
            connection.execute("INSERT INTO orch_format VALUES (%s)", (number,))


def _version(connection: Connection) -> int:
    ((known,),) = connection.execute("SELECT to_regclass('orch_format') IS NOT NULL").fetchall()
    if not known:
        return 0
    return _newest(connection)


def _newest(connection: Connection) -> int:
    ((version,),) = connection.execute(_FORMAT).fetchall()
    return int(version or 0)
