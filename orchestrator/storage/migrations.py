"""Numbered steps from one version of the schema to the next, kept in `PRAGMA user_version`."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from orchestrator.errors import StoreError

#: Marks a file as ours: "orch" in ASCII.
APPLICATION_ID = 0x6F726368

#: Script n - 1 turns version n - 1 into version n.
SCRIPTS: tuple[str, ...] = ("schema.sql",)


def migrate(connection: sqlite3.Connection, path: str, scripts: Sequence[str] = SCRIPTS) -> None:
    """Bring a database to the newest version; a new file gets the whole schema. An up-to-date one is only read.

    Args:
        connection: in autocommit mode.
        path: of the file, for messages.
        scripts: file names beside this module, or SQL.

    Raises:
        StoreError: the file was written by a newer version, or is no database of orch.
        sqlite3.Error: the database cannot be read or written.
    """
    if _version(connection) == len(scripts) and _application(connection) == APPLICATION_ID:
        return
    connection.execute("BEGIN IMMEDIATE")  # of several processes one migrates, the others find it done
    try:
        _check(connection, path, len(scripts))
        for number in range(_version(connection), len(scripts)):
            for statement in _statements(scripts[number]):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(scripts)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _application(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def _check(connection: sqlite3.Connection, path: str, newest: int) -> None:
    version = _version(connection)
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and _application(connection) != APPLICATION_ID:
        raise StoreError(f"{path} is a database of another program", hint="choose another home: --home DIR")
    if version > newest:
        raise StoreError(
            f"{path} was written by a newer version of orch (schema {version}; this one knows {newest})",
            hint="upgrade orch, or choose another home: --home DIR",
        )


def _statements(script: str) -> list[str]:
    text = script if " " in script else (Path(__file__).parent / script).read_text()
    lines = [line.partition("--")[0] for line in text.splitlines()]
    return [statement for statement in "\n".join(lines).split(";") if statement.strip()]
