"""The file of the SQLite store: its format, and what a newer orch may put into it."""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.errors import StoreError
from orchestrator.runs.events import AssetMaterialized, LogWritten, RunStarted
from orchestrator.storage.database import SCRIPTS, open_database
from orchestrator.storage.sqlite import SqliteEventStore

NEWEST = len(SCRIPTS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orch.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteEventStore]:
    made = SqliteEventStore(path)
    yield made
    made.close()


def execute(path: Path, statement: str, *parameters: object) -> list[tuple[object, ...]]:
    """Do something to the file as another program would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        return connection.execute(statement, parameters).fetchall()


def made(asset: str = "a", run_id: str = "r1") -> AssetMaterialized:
    return AssetMaterialized(run_id=run_id, timestamp=1.0, step=asset, asset=asset)


def log(message: str) -> LogWritten:
    return LogWritten(run_id="r1", timestamp=1.0, message=message)


def put_event(path: Path, kind: str, body: str) -> None:
    execute(path, "INSERT INTO events (run_id, type, body) VALUES ('r1', ?, ?)", kind, body)


def test_what_was_appended_is_there_after_reopening(path: Path) -> None:
    with closing(SqliteEventStore(str(path))) as store:
        store.append([RunStarted(run_id="r1", timestamp=1.0), made()])
    with closing(SqliteEventStore(path)) as store:
        assert len(list(store.events())) == 2
        assert [run.run_id for run in store.runs()] == ["r1"]
        assert store.materializations().keys() == {"a"}


def test_opening_and_reading_an_existing_file_does_not_write_to_it(path: Path) -> None:
    with closing(SqliteEventStore(path)) as store:
        store.append([made()])
    before = path.read_bytes(), path.stat().st_mtime_ns
    with closing(SqliteEventStore(path)) as store:
        assert len(store.materializations()) == 1
        assert path.with_name("orch.db-wal").stat().st_size == 0
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_file_says_what_it_is(store: SqliteEventStore, path: Path) -> None:
    assert execute(path, "PRAGMA application_id") == [(int.from_bytes(b"orch"),)]
    assert execute(path, "PRAGMA user_version") == [(NEWEST,)]
    assert execute(path, "PRAGMA journal_mode") == [("wal",)]
    assert execute(path, "PRAGMA integrity_check") == [("ok",)]


def test_an_event_is_stored_in_little_room(path: Path) -> None:
    with closing(SqliteEventStore(path)) as store:
        store.append([LogWritten(run_id="0" * 16, timestamp=1.0, step="s", message="x" * 100)] * 5000)
    empty_tables = 20 * 4096
    assert path.stat().st_size < 5000 * 310 + empty_tables


def test_a_store_that_is_dropped_closes_its_file(path: Path) -> None:
    dropped = SqliteEventStore(path)
    dropped.append([made()])
    assert path.with_name("orch.db-wal").exists()
    del dropped
    gc.collect()
    assert not path.with_name("orch.db-wal").exists()


def test_a_closed_store_says_so(store: SqliteEventStore) -> None:
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.runs()


# -- formats


@pytest.fixture
def next_format(tmp_path: Path) -> tuple[Path, ...]:
    script = tmp_path / "next.sql"
    script.write_text(
        """
        CREATE TABLE bells (id INTEGER PRIMARY KEY);
        -- a comment; with a semicolon
        CREATE TRIGGER note AFTER INSERT ON events BEGIN
            INSERT INTO bells (id) VALUES (new.id);
        END;
        INSERT INTO bells (id) SELECT 1000 + count(*) FROM events;
        """
    )
    return (*SCRIPTS, script)


def test_an_older_file_is_brought_to_the_newest_format(path: Path, next_format: tuple[Path, ...]) -> None:
    with closing(SqliteEventStore(path)) as store:
        store.append([made(), made("b")])
    for _ in range(2):
        open_database(path, next_format).close()
        assert execute(path, "SELECT id FROM bells") == [(1002,)]
        assert execute(path, "PRAGMA user_version") == [(NEWEST + 1,)]
    put_event(path, "log", "{}")
    assert execute(path, "SELECT count(*) FROM bells") == [(2,)]


def test_a_new_file_gets_all_formats_at_once(path: Path, next_format: tuple[Path, ...]) -> None:
    open_database(path, next_format).close()
    assert execute(path, "SELECT id FROM bells") == [(1000,)]


def test_a_migration_that_fails_changes_nothing(path: Path, next_format: tuple[Path, ...]) -> None:
    with closing(SqliteEventStore(path)) as store:
        store.append([made()])
    next_format[-1].write_text("CREATE TABLE bells (id INTEGER);\nCREATE TABLE events (id INTEGER);")
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_database(path, next_format)
    assert execute(path, "PRAGMA user_version") == [(NEWEST,)]
    with closing(SqliteEventStore(path)) as store:
        assert len(list(store.events())) == 1
    assert execute(path, "SELECT count(*) FROM sqlite_master WHERE name = 'bells'") == [(0,)]


def test_a_file_of_a_newer_orch_is_refused_and_left_alone(path: Path, next_format: tuple[Path, ...]) -> None:
    open_database(path, next_format).close()
    before = path.read_bytes()
    with pytest.raises(StoreError) as caught:
        SqliteEventStore(path)
    assert caught.value.message == (
        f"the database {path} was written by a newer orch (format {NEWEST + 1}; this one knows up to {NEWEST})"
    )
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("upgrade orch, or choose another home: --home")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE mine (x)", "PRAGMA application_id = 17", "PRAGMA user_version = 1", "VACUUM"]
)
def test_a_file_of_another_program_is_refused_and_left_alone(path: Path, statement: str) -> None:
    execute(path, statement)
    before = path.read_bytes()
    if statement == "VACUUM":  # which leaves an empty database: nobody's
        SqliteEventStore(path).close()
        return
    with pytest.raises(StoreError, match="was not made by orch"):
        SqliteEventStore(path)
    assert path.read_bytes() == before


def test_a_file_whose_making_was_cut_short_is_made_now(path: Path) -> None:
    path.touch()
    SqliteEventStore(path).close()
    other = path.with_name("other.db")
    execute(other, "PRAGMA journal_mode = WAL")
    with closing(SqliteEventStore(other)) as store:
        store.append([made()])


# -- events of other versions


def test_events_of_unknown_types_are_passed_over(store: SqliteEventStore, path: Path) -> None:
    store.append([log("1")])
    for _ in range(1500):
        put_event(path, "tick", '{"type":"tick","run_id":"r1","timestamp":1,"schedule":"x"}')
    store.append([log("2")])
    assert [item.event for item in store.events()] == [log("1"), log("2")]
    assert [item.event for item in store.events(run_id="r1", after=1, limit=1)] == [log("2")]
    assert list(store.events(types=["tick"])) == []


def test_unknown_fields_of_events_are_passed_over(store: SqliteEventStore, path: Path) -> None:
    put_event(path, "log", '{"type":"log","run_id":"r1","timestamp":1.0,"message":"x","mood":{"bright":true}}')
    assert [item.event for item in store.events()] == [log("x")]


def test_an_event_that_makes_no_sense_is_an_error(store: SqliteEventStore, path: Path) -> None:
    put_event(path, "log", '{"type":"log","run_id":"r1","timestamp":"late"}')
    with pytest.raises(StoreError, match="holds a record that cannot be read") as caught:
        list(store.events())
    assert "upgrade orch" in str(caught.value)


# -- what JSON cannot hold


def test_text_that_is_no_unicode_is_kept_readable(store: SqliteEventStore) -> None:
    name = b"caf\xe9.csv".decode(errors="surrogateescape")
    store.append([log(f"reading {name}"), RunStarted(run_id="r1", timestamp=1.0, tags={name: name})])
    assert [item.event for item in store.events(types=["log"])] == [log("reading caf\\udce9.csv")]
    assert store.runs()[0].tags == {"caf\\udce9.csv": "caf\\udce9.csv"}
