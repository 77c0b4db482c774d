"""Disks, folders and files that do not do what they should: an error that helps, and nothing lost."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.errors import StoreError
from orchestrator.runs.events import AssetMaterialized, Event, RunFinished, RunStarted
from orchestrator.runs.records import RunStatus
from orchestrator.runs.store import EventStore
from orchestrator.storage.sqlite import SqliteEventStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "orch.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteEventStore]:
    made = SqliteEventStore(path)
    yield made
    made.close()


def batch(run_id: str, size: int = 1) -> list[Event]:
    """A run that materializes some assets of its own, and `shared`."""
    return [
        RunStarted(run_id=run_id, timestamp=1.0),
        *(
            AssetMaterialized(run_id=run_id, timestamp=2.0, step="s", asset=asset)
            for asset in ["shared", *(f"{run_id}/{number}" for number in range(size))]
        ),
        RunFinished(
            run_id=run_id,
            timestamp=3.0,
            status=RunStatus.SUCCESS,
            materialized=size + 1,
            failed=0,
            skipped=0,
            duration_s=2.0,
        ),
    ]


def read_all(store: EventStore) -> int:
    """Read everything; the number of events."""
    store.runs()
    store.materializations()
    store.failed_assets()
    return len(list(store.events()))


def failure_of(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        act()
    assert caught.value.hint
    return caught.value


# -- files that are none of ours


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:10_000])


def scramble_header(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(5000))


def scramble_pages(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = random.Random(1).randbytes(len(data) - 4096)
    path.write_bytes(data)


def write_text(path: Path) -> None:
    path.write_text("dear diary,\n" * 50)


def write_little(path: Path) -> None:
    path.write_text("x")


@pytest.mark.parametrize("damage", [truncate, scramble_header, scramble_pages, write_text, write_little])
def test_a_damaged_file(path: Path, damage: Callable[[Path], None]) -> None:
    with closing(SqliteEventStore(path)) as store:
        store.append(batch("r1", 500))
    damage(path)
    before = path.read_bytes()

    def use() -> None:
        with closing(SqliteEventStore(path)) as store:
            read_all(store)

    error = failure_of(use)
    assert str(path) in error.message
    assert "is damaged" in error.message or "is not a database" in error.message
    assert "move it aside" in str(error.hint)
    assert path.read_bytes() == before


def test_moving_a_damaged_file_aside_helps(path: Path) -> None:
    write_text(path)
    failure_of(lambda: SqliteEventStore(path))
    path.rename(path.with_name("orch.db.damaged"))
    with closing(SqliteEventStore(path)) as store:
        store.append(batch("r1"))


def test_flipped_bytes_never_raise_anything_else(path: Path) -> None:
    with closing(SqliteEventStore(path)) as store:
        store.append(batch("r1", 100))
    whole = path.read_bytes()
    chance = random.Random(7)
    failures = 0
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(20):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            with closing(SqliteEventStore(path)) as store:
                read_all(store)
                store.append(batch("r2"))
        except StoreError:
            failures += 1
        for rest in path.parent.glob("orch.db-*"):
            rest.unlink()
    assert failures > 100


# -- places where no file can be


def test_a_folder_in_place_of_the_file(path: Path) -> None:
    path.mkdir()
    assert "is a folder, not a file" in failure_of(lambda: SqliteEventStore(path)).message


@pytest.mark.parametrize("home_is_a_file", [True, False])
def test_no_folder_for_the_file(tmp_path: Path, home_is_a_file: bool) -> None:
    home = tmp_path / "home"
    if home_is_a_file:
        home.touch()
    error = failure_of(lambda: SqliteEventStore(home / "orch.db"))
    assert f"{home} is not a folder" in error.message
    assert "--home" in str(error.hint)


def test_a_new_file_in_a_read_only_folder(tmp_path: Path, make_read_only: Callable[[Path], None]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    make_read_only(home)
    error = failure_of(lambda: SqliteEventStore(home / "orch.db"))
    assert "cannot be written" in error.message
    assert "--home" in str(error.hint)


def test_an_existing_file_in_a_read_only_folder(tmp_path: Path, make_read_only: Callable[[Path], None]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    with closing(SqliteEventStore(home / "orch.db")) as store:
        store.append(batch("r1"))
    make_read_only(home)

    def use() -> None:
        with closing(SqliteEventStore(home / "orch.db")) as store:
            store.append(batch("r2"))

    assert "cannot be written" in failure_of(use).message


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not stop root")
@pytest.mark.parametrize("mode", [0o000, 0o444])
def test_a_file_without_permissions(path: Path, mode: int) -> None:
    SqliteEventStore(path).close()
    path.chmod(mode)

    def use() -> None:
        with closing(SqliteEventStore(path)) as store:
            store.append(batch("r1"))

    assert "cannot be written" in failure_of(use).message


# -- disks that are full


def fill(store: EventStore) -> int:
    """Append until it fails; the number of batches that went in."""
    number = 0

    def append_forever() -> None:
        nonlocal number
        while True:
            store.append(batch(f"r{number}", 20))
            number += 1

    error = failure_of(append_forever)
    assert "no space is left" in error.message
    assert "free some space" in str(error.hint)
    return number


def assert_whole(store: EventStore, batches: int) -> None:
    assert read_all(store) == batches * 23
    assert [run.run_id for run in store.runs()] == [f"r{number}" for number in reversed(range(batches))]
    assert {run.status for run in store.runs()} == {RunStatus.SUCCESS}
    found = store.materializations()
    assert len(found) == batches * 20 + 1
    assert found["shared"].run_id == f"r{batches - 1}"


def test_a_file_that_cannot_grow_keeps_all_that_was_appended(store: SqliteEventStore, path: Path) -> None:
    store._file._connection.execute("PRAGMA max_page_count = 60")
    batches = fill(store)
    assert batches > 5
    assert_whole(store, batches)
    failure_of(lambda: store.append(batch("again", 20)))
    store._file._connection.execute("PRAGMA max_page_count = 1000000")
    store.append(batch(f"r{batches}", 20))
    store.close()
    with closing(SqliteEventStore(path)) as reopened:
        assert_whole(reopened, batches + 1)


def test_a_full_disk_keeps_all_that_was_appended(small_disk: Path) -> None:
    store = SqliteEventStore(small_disk / "orch.db")
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(100_000))
    batches = fill(store)
    assert batches > 3
    assert_whole(store, batches)
    ballast.unlink()
    store.append(batch(f"r{batches}", 20))
    assert_whole(store, batches + 1)
    store.close()
    with closing(SqliteEventStore(small_disk / "orch.db")) as reopened:
        assert_whole(reopened, batches + 1)


def test_a_disk_that_is_full_from_the_start(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="No space"):
        ballast.write_bytes(bytes(1_000_000))
    path = small_disk / "orch.db"
    assert "no space is left" in failure_of(lambda: SqliteEventStore(path)).message
    ballast.unlink()
    with closing(SqliteEventStore(path)) as store:
        store.append(batch("r1"))


# -- files that change while they are in use


def delete_file(path: Path) -> None:
    path.unlink()


def delete_folder(path: Path) -> None:
    shutil.rmtree(path.parent)


def replace_file(path: Path) -> None:
    with closing(SqliteEventStore(path.with_name("other.db"))) as other:
        other.append(batch("other"))
    path.with_name("other.db").replace(path)


@pytest.mark.parametrize("change", [delete_file, delete_folder, replace_file])
def test_a_file_that_goes_away_in_use(store: SqliteEventStore, path: Path, change: Callable[[Path], None]) -> None:
    store.append(batch("r1"))
    change(path)
    for act in (lambda: store.append(batch("r2")), lambda: read_all(store)):
        assert "was deleted or replaced" in failure_of(act).message


def test_another_process_that_never_ends_its_transaction(store: SqliteEventStore, path: Path) -> None:
    store.append(batch("r0", 20))
    store._file._connection.execute("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked by another process" in failure_of(lambda: store.append(batch("r1", 20))).message
        assert_whole(store, 1)  # readers never wait
    store.append(batch("r1", 20))
    assert_whole(store, 2)


def test_an_event_that_cannot_be_stored_leaves_nothing_behind(store: SqliteEventStore) -> None:
    store.append(batch("r0", 20))
    impossible = RunStarted(run_id="r\udcff", timestamp=1.0)  # ids are ours, and never hold this
    with pytest.raises(UnicodeEncodeError):
        store.append([*batch("r1", 20), impossible])
    assert_whole(store, 1)
    store.append(batch("r1", 20))
    assert_whole(store, 2)
