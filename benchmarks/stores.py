"""Compare the stores in one run: events per second, what a step costs, many that append at once, the first command.

    .venv/bin/python benchmarks/stores.py [--url postgresql://...] [--steps 500] [--processes 4]

Without --url a server is started in a temporary folder, as the tests do, but with its defaults: it waits for the disk on every
commit. With `--no-wait` it does not. SQLite is in a temporary folder too (TMPDIR). Compare within a run.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from orchestrator.runs.events import AssetMaterialized, Event, LogWritten, StepStarted, StepSucceeded
from orchestrator.runs.store import EventStore
from orchestrator.storage.memory import MemoryEventStore
from orchestrator.storage.postgres import PostgresEventStore
from orchestrator.storage.sqlite import SqliteEventStore
from tests.postgres import server

APPENDER = """
import sys
sys.path.insert(0, {root!r})
from benchmarks.stores import append_steps, opened
store = opened(sys.argv[1])
append_steps(store, int(sys.argv[2]))
store.close()
"""


def opened(where: str) -> EventStore:
    return PostgresEventStore(where) if where.startswith("postgres") else SqliteEventStore(where)


def step(number: int) -> list[Event]:
    name = f"asset_{number}"
    return [
        StepStarted(run_id="r1", timestamp=1.0, step=name, location="bakery", assets=(name,)),
        LogWritten(run_id="r1", timestamp=1.5, step=name, message="kneaded 3 loaves"),
        AssetMaterialized(
            run_id="r1", timestamp=2.0, step=name, asset=name, stored=True, duration_s=1.0, data_version="d"
        ),
        StepSucceeded(run_id="r1", timestamp=2.0, step=name, duration_s=1.0),
    ]


def append_steps(store: EventStore, count: int) -> None:
    """A transaction per step, as a run does that is not too fast."""
    for number in range(count):
        store.append(step(number))


def append_batches(store: EventStore, count: int) -> None:
    """Many steps in one transaction, as a run does whose steps take no time."""
    for first in range(0, count, 50):
        store.append([event for number in range(first, first + 50) for event in step(number)])


def seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measure(where: str, steps: int, processes: int) -> dict[str, float]:
    store = opened(where) if where else MemoryEventStore()
    store.append(step(0))
    found = {"a step, us": seconds(lambda: append_steps(store, steps)) / steps * 1e6}
    many = steps * 4
    found["events/s, a step each"] = 4e6 / found["a step, us"]
    found["events/s, 50 steps each"] = 4 * many / seconds(lambda: append_batches(store, many))
    count = len(list(store.events()))
    found["events/s, read"] = count / seconds(lambda: list(store.events()))
    found["newest materializations of all, ms"] = seconds(store.materializations) * 1e3
    store.close()
    if where:
        found["open and ask, ms"] = seconds(lambda: _ask(where)) * 1e3
        found[f"events/s, {processes} processes, a step each"] = (
            processes * steps * 4 / seconds(lambda: _at_once(where, steps, processes))
        )
    return found


def _ask(where: str) -> None:
    store = opened(where)
    store.runs(limit=1)
    store.close()


def _at_once(where: str, steps: int, processes: int) -> None:
    script = APPENDER.format(root=str(Path(__file__).parent.parent))
    running = [subprocess.Popen([sys.executable, "-c", script, where, str(steps)]) for _ in range(processes)]
    codes = [process.wait() for process in running]
    if any(codes):
        raise SystemExit("a process failed")


@contextmanager
def address(given: str | None, *, wait: bool) -> Iterator[str]:
    if given:
        yield given
        return
    with server({} if wait else {"synchronous_commit": "off"}) as running:
        yield running.new_store()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--no-wait", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, address(given.url, wait=not given.no_wait) as url:
        places = {"memory": "", "SQLite": str(Path(folder) / "orch.db"), "PostgreSQL": url}
        found = {name: measure(where, given.steps, given.processes) for name, where in places.items()}
    print(f"| what | {' | '.join(found)} |")
    print("| --- |" + " ---: |" * len(found))
    for what in found["SQLite"]:
        cells = [f"{one[what]:,.1f}" if one.get(what, 0) < 100 else f"{one[what]:,.0f}" for one in _having(found, what)]
        print(f"| {what} | {' | '.join(cells)} |")


def _having(found: dict[str, dict[str, float]], what: str) -> list[dict[str, float]]:
    return [{what: one.get(what, float("nan"))} for one in found.values()]


if __name__ == "__main__":
    main()
