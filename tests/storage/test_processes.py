"""Several processes on one file, and processes that are killed."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing
from itertools import groupby
from pathlib import Path

import pytest

from orchestrator.runs.events import Event, LogWritten
from orchestrator.runs.store import EventStore
from orchestrator.storage.memory import MemoryEventStore
from orchestrator.storage.sqlite import SqliteEventStore

#: Appends runs of five events until told to stop: path, name, number of runs.
WRITER = """
import sys
from orchestrator.errors import ErrorInfo
from orchestrator.runs.events import AssetMaterialized, AssetWiped, LogWritten, RunFinished, RunStarted, StepFailed
from orchestrator.runs.records import RunStatus
from orchestrator.storage.sqlite import SqliteEventStore

path, name, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = SqliteEventStore(path)
error = ErrorInfo(type="E", message="m")
for number in range(count):
    run_id = f"{name}-{number}"
    store.append([
        RunStarted(run_id=run_id, timestamp=1.0),
        LogWritten(run_id=run_id, timestamp=1.0, message="x" * (number * 37 % 5000)),
        AssetMaterialized(run_id=run_id, timestamp=2.0, step="s", asset=f"a{number % 7}"),
        StepFailed(run_id=run_id, timestamp=2.0, step="s", error=error, duration_s=1.0, assets=(f"a{number % 5}",)),
        RunFinished(run_id=run_id, timestamp=3.0, status=RunStatus.FAILURE, materialized=1, failed=1, skipped=0,
                    duration_s=2.0),
    ])
    if number == 0:
        print("started", flush=True)
store.close()
"""

#: Opens a file that is not there, at a given time.
MAKER = """
import sys, time
from orchestrator.runs.events import LogWritten
from orchestrator.storage.sqlite import SqliteEventStore

while time.time() < float(sys.argv[2]):
    pass
store = SqliteEventStore(sys.argv[1])
store.append([LogWritten(run_id="r", timestamp=1.0)])
store.close()
"""


def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> None:
    _, errors = process.communicate(timeout=100)
    assert (process.returncode, errors) == (0, "")


def assert_whole(store: EventStore) -> list[Event]:
    """Every batch is whole, and the records are what its events add up to; returns the events."""
    events = [item.event for item in store.events()]
    batches = [list(batch) for _, batch in groupby(events, key=lambda event: event.run_id)]
    assert {len(batch) for batch in batches} <= {5}
    replayed = MemoryEventStore()
    for batch in batches:
        replayed.append(batch)
    assert store.runs() == replayed.runs()
    assert store.materializations() == replayed.materializations()
    assert store.failed_assets() == replayed.failed_assets()
    return events


def test_a_writer_killed_at_any_instant_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "orch.db"
    chance = random.Random(3)
    count = 0
    for number in range(20):
        writer = start(WRITER, path, f"w{number}", 1_000_000)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "started\n"
        time.sleep(chance.random() * 0.05)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        with closing(SqliteEventStore(path)) as store:
            events = assert_whole(store)
        assert len(events) >= count + 5
        count = len(events)


def test_a_writer_killed_while_it_makes_the_file(tmp_path: Path) -> None:
    chance = random.Random(4)
    for number in range(10):
        path = tmp_path / f"{number}.db"
        maker = start(MAKER, path, 0)
        while not path.exists() and maker.poll() is None:
            pass
        time.sleep(chance.random() * 0.005)
        maker.kill()
        maker.communicate()
        with closing(SqliteEventStore(path)) as store:
            store.append([LogWritten(run_id="r", timestamp=1.0)])
            assert len(list(store.events())) in (1, 2)


def test_four_writers_and_a_reader_at_once(tmp_path: Path) -> None:
    path = tmp_path / "orch.db"
    writers = [start(WRITER, path, name, 200) for name in "abcd"]
    counts = [0]
    with closing(SqliteEventStore(path)) as store:
        while any(writer.poll() is None for writer in writers):
            counts.append(len(list(store.events(after=0))))
            store.runs(limit=5)
            store.materializations()
        for writer in writers:
            finish(writer)
        assert counts == sorted(counts)
        events = assert_whole(store)
        assert len(events) == 4 * 200 * 5
        for name in "abcd":  # each one's runs are in its order
            runs = [run.run_id for run in store.runs() if run.run_id.startswith(name)]
            assert runs == [f"{name}-{number}" for number in reversed(range(200))]


@pytest.mark.parametrize("attempt", range(3))
def test_many_processes_make_one_file_at_once(tmp_path: Path, attempt: int) -> None:
    path = tmp_path / "orch.db"
    at = time.time() + 0.7
    makers = [start(MAKER, path, at) for _ in range(6)]
    for maker in makers:
        finish(maker)
    with closing(SqliteEventStore(path)) as store:
        assert len(list(store.events())) == 6
