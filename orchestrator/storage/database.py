"""Opens a database file: made if it is not there, brought to the newest format, refused if it is not ours."""

import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from orchestrator.storage.faults import BUSY_TIMEOUT, foreign_database, newer_database, not_a_database

#: The script with index n brings a file from format n to n + 1.
SCRIPTS: tuple[Path, ...] = tuple(
    Path(__file__).with_name(name) for name in ("schema.sql", "schema_2.sql", "schema_3.sql")
)

#: In the header of every file of ours: "orch".
_APPLICATION_ID = 0x6F726368
#: Of all page sizes a SQLite file may have.
_SMALLEST_PAGE = 512
_RETRY_AFTER = 0.005
#: The value of `PRAGMA auto_vacuum` that it means.
_INCREMENTAL = 2


def open_database(path: Path, scripts: Sequence[Path] = SCRIPTS) -> sqlite3.Connection:
    """Connect to a file; one that is up to date is not written to.

    Args:
        path: the file.
        scripts: the migrations this program knows.

    Raises:
        StoreError: the file is no database, or was made by another program or a newer orch.
        sqlite3.Error: anything else that is wrong with it.
    """
    # autocommit: transactions are begun and ended by name
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        # with WAL, a crash of the machine may undo the last commits, never tear one
        connection.execute("PRAGMA synchronous = NORMAL")
        version = _version(connection, path, len(scripts))
        if version == 0:
            # before there is a table: what is removed later can be given back to the disk a little at a time
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            _use_write_ahead_log(connection)
        if version < len(scripts):
            _migrate(connection, scripts)
    except BaseException:
        connection.close()
        raise
    return connection


def format_of(path: Path) -> int:
    """The format of a file, which is left as it is; 0 if it is not made yet.

    Raises:
        StoreError: the file is no database, or was made by another program or a newer orch.
        sqlite3.Error: anything else that is wrong with it.
    """
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    try:
        return _version(connection, path, len(SCRIPTS))
    finally:
        connection.close()


def copy_database(path: Path, target: Path) -> None:
    """Write a copy of a file as it is now, whoever writes to it.

    Raises:
        sqlite3.Error: the file cannot be read, or the copy not be written.
    """
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT, isolation_level=None)
    copy = sqlite3.connect(target)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, not three
    finally:
        copy.close()
        connection.close()


def gives_room_back(connection: sqlite3.Connection) -> bool:
    """Whether a file can be made smaller a little at a time."""
    return bool(connection.execute("PRAGMA auto_vacuum").fetchone()[0] == _INCREMENTAL)


def set_busy_timeout(connection: sqlite3.Connection, seconds: float = BUSY_TIMEOUT) -> None:
    """Say how long to wait for other processes."""
    connection.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def _version(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    # one statement, so that another process that is making the file is seen before or after, not between
    application, version, tables = connection.execute(
        "SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)"
        " FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    if application != _APPLICATION_ID and (application or version or tables):
        raise foreign_database(path)
    if not tables and 0 < path.stat().st_size < _SMALLEST_PAGE:
        raise not_a_database(path)  # SQLite would take it for empty, and write over it
    if version > newest:
        raise newer_database(path, version, newest)
    return int(version)


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    """Let readers and a writer work at once; the file remembers it."""
    give_up = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # this statement does not wait for others that do the same
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(_RETRY_AFTER)
        else:
            return


def _migrate(connection: sqlite3.Connection, scripts: Sequence[Path]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        # read again: another process may have been faster
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for script in scripts[version:]:
            for statement in _statements(script.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {max(version, len(scripts))}")
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Statements of a script; `executescript` would commit before the first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
