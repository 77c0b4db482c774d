"""What went wrong with a database file, in words that say what to do."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from orchestrator.errors import StoreError

#: How long to wait for another process that writes, in seconds.
BUSY_TIMEOUT = 30.0

_CHOOSE_HOME = "choose another home: --home DIR, or ORCH_HOME"
_MOVE_ASIDE = f"move it aside and the next run starts a new one (stored values are kept), or {_CHOOSE_HOME}"
#: SQLite needs a few pages for its shared memory; with less room than this it cannot even open a database.
_FULL_BELOW = 128 * 1024

_CAUSES = {
    sqlite3.SQLITE_CORRUPT: ("is damaged", _MOVE_ASIDE),
    sqlite3.SQLITE_NOTADB: ("is not a database", _MOVE_ASIDE),
    sqlite3.SQLITE_FULL: (
        "cannot grow: no space is left on the disk",
        "free some space and run again; everything recorded before is whole",
    ),
    sqlite3.SQLITE_BUSY: (
        f"was locked by another process for {BUSY_TIMEOUT:.0f} s",
        "wait for that process, or end it, and run again",
    ),
    sqlite3.SQLITE_READONLY: ("cannot be written", f"make it and its folder writable, or {_CHOOSE_HOME}"),
}


@contextmanager
def store_faults(path: Path) -> Iterator[None]:
    """Turn what SQLite and the JSON decoder raise about a file into errors a person can act on.

    Raises:
        StoreError: the block raised.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise _store_error(path, error) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the database {path} holds a record that cannot be read: {error}",
            hint="a newer orch may have written it: upgrade orch; if that does not help, the file is damaged: "
            + _MOVE_ASIDE,
        ) from error


def not_a_database(path: Path) -> StoreError:
    """The file holds something else."""
    what, hint = _CAUSES[sqlite3.SQLITE_NOTADB]
    return StoreError(f"the database {path} {what}", hint=hint)


def foreign_database(path: Path) -> StoreError:
    """The file belongs to another program."""
    return StoreError(f"the database {path} was not made by orch", hint=_CHOOSE_HOME)


def newer_database(path: Path, version: int, known: int) -> StoreError:
    """The file was written by an orch that is newer than this one."""
    return StoreError(
        f"the database {path} was written by a newer orch (format {version}; this one knows up to {known})",
        hint=f"upgrade orch, or {_CHOOSE_HOME}",
    )


def missing_database(path: Path) -> StoreError:
    """The file was deleted or replaced while it was in use."""
    return StoreError(
        f"the database {path} was deleted or replaced while orch was using it",
        hint="what happens from here on cannot be recorded; run again to start a new one",
    )


def _store_error(path: Path, error: sqlite3.Error) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the code says where in SQLite it was
    what, hint = _cause_on_disk(path, code) or _CAUSES.get(code) or ("cannot be used", f"if it stays so, {_MOVE_ASIDE}")
    return StoreError(f"the database {path} {what} ({error})", hint=hint)


def _cause_on_disk(path: Path, code: int) -> tuple[str, str] | None:
    """What the file system says, where SQLite only knows that a file could not be opened, read or written."""
    folder = path.parent
    if code not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
        return None
    if path.is_dir():
        return "is a folder, not a file", _MOVE_ASIDE
    if not folder.is_dir():
        return f"cannot be made: {folder} is not a folder", _CHOOSE_HOME
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.R_OK | os.W_OK)):
        return _CAUSES[sqlite3.SQLITE_READONLY]
    room = os.statvfs(folder)
    if room.f_bavail * room.f_frsize < _FULL_BELOW:
        return _CAUSES[sqlite3.SQLITE_FULL]
    return None
