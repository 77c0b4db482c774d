"""Measure the home: its size, many processes on one, and one of a million events.

    .venv/bin/python benchmarks/home.py size
    .venv/bin/python benchmarks/home.py concurrent [--processes 8] [--steps 500]
    .venv/bin/python benchmarks/home.py million [--events 1000000] [--keep DIR]

Everything is on tmpfs where there is one. Compare within a run: the machine is shared.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from orchestrator.instance import Instance
from orchestrator.runs.events import AssetMaterialized, Event, RunFinished, RunStarted, StepStarted, StepSucceeded
from orchestrator.runs.ids import new_run_id
from orchestrator.runs.records import RunStatus
from orchestrator.storage.sqlite import SqliteEventStore

ORCH = str(Path(sys.executable).with_name("orch"))
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
PROJECT = """
import orchestrator as dg

def make(name):
    @dg.asset(name=name)
    def one() -> int:
        return 1
    return one

defs = dg.Definitions(assets=[make(f"PREFIX{number}") for number in range(COUNT)])
"""


@contextmanager
def folder(keep: str | None = None) -> Iterator[Path]:
    """A folder in memory, if there can be one."""
    if keep is not None:
        Path(keep).mkdir(parents=True, exist_ok=True)
        yield Path(keep)
        return
    memory = Path("/dev/shm")  # noqa: S108  any folder will do
    made = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def write_project(path: Path, prefix: str, count: int) -> None:
    path.write_text(PROJECT.replace("PREFIX", prefix).replace("COUNT", str(count)))


def run_of(assets: int, at: float, *, first: int = 0) -> list[Event]:
    """The events of a run that makes so many assets."""
    run_id = new_run_id(at)
    names = tuple(f"group_{number % 20}/asset_{number}" for number in range(first, first + assets))
    events: list[Event] = [
        RunStarted(run_id=run_id, timestamp=at, selection="*", assets=names, steps=assets, host="oven", pid=4242)
    ]
    for name in names:
        events += [
            StepStarted(run_id=run_id, timestamp=at, step=name, location="definitions.py", assets=(name,)),
            AssetMaterialized(
                run_id=run_id,
                timestamp=at,
                step=name,
                asset=name,
                stored=True,
                duration_s=0.0123,
                location="definitions.py",
            ),
            StepSucceeded(run_id=run_id, timestamp=at, step=name, duration_s=0.0125),
        ]
    end = RunFinished(
        run_id=run_id, timestamp=at, status=RunStatus.SUCCESS, materialized=assets, failed=0, skipped=0, duration_s=1.0
    )
    return [*events, end]


def measure_size() -> None:
    with folder() as home:
        for assets in (1, 100):
            path = home / f"{assets}.db"
            with closing(SqliteEventStore(path)) as store:
                empty = path.stat().st_size
                runs = 20_000 // assets
                count = 0
                for number in range(runs):
                    events = run_of(assets, 1_700_000_000.0 + number)
                    count += len(events)
                    store.append(events)
            size = path.stat().st_size - empty
            made = runs * assets
            print(
                f"runs of {assets:>3} assets: {size / count:.0f} bytes per event, {size / made:.0f} per materialization"
                f" ({count / made:.1f} events)"
            )


def measure_concurrent(processes: int, steps: int) -> None:
    with folder() as base:
        for number in range(processes):
            write_project(base / f"p{number}.py", f"p{number}_", steps)
        subprocess.run(
            [ORCH, "list-assets", "-f", "p0.py", "--format", "names"],
            cwd=base,
            env=ENVIRONMENT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        alone, alone_cpu = _timed(lambda: _together(base, "one", [0]))
        some, some_cpu = _timed(lambda: _together(base, "many", list(range(processes))))
        with Instance.open(base / "many") as instance:
            made = len(instance.store.materializations())
            runs = [run.status for run in instance.store.runs()]
        assert made == processes * steps, made
        assert runs == [RunStatus.SUCCESS] * processes, runs
        print(f"{len(os.sched_getaffinity(0))} processors")
        print(f"1 process, {steps} steps: {alone:.2f} s, {steps / alone:.0f} steps/s, {alone_cpu:.2f} s of CPU")
        print(
            f"{processes} processes, {steps} steps each: {some:.2f} s, {processes * steps / some:.0f} steps/s"
            f" ({processes * steps / some / (steps / alone):.2f} of one alone), {some_cpu:.2f} s of CPU"
            f" ({some_cpu / alone_cpu / processes:.2f} per step of one alone)"
        )
        print(f"nothing lost: {made} materializations, {len(runs)} runs that ended well")


def _together(base: Path, home: str, numbers: list[int]) -> None:
    started = [
        subprocess.Popen(
            [ORCH, "materialize", "-f", f"p{number}.py", "-s", "*", "--home", str(base / home), "-q"],
            cwd=base,
            env=ENVIRONMENT,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in numbers
    ]
    for one in started:
        _, err = one.communicate()
        assert (one.returncode, err) == (0, ""), err


def _timed(action: Callable[[], object]) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    action()
    took, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure_million(events: int, keep: str | None) -> None:
    with folder(keep) as base:
        write_project(base / "definitions.py", "x", 3)
        for name, count in (("small", 1000), ("large", events)):
            home = base / name
            if not (home / "orch.db").exists():
                with Instance.open(home) as instance:
                    _fill(instance, count)
        sizes = {name: (base / name / "orch.db").stat().st_size / 1e6 for name in ("small", "large")}
        print(f"databases: {sizes['small']:.1f} MB of 1,000 events, {sizes['large']:.1f} MB of {events:,}")
        print(f"{'':44} {'1,000':>10} {f'{events:,}':>12}")
        for what, words in _COMMANDS.items():
            _row(what, [_median(partial(_command, base, name, words)) for name in ("small", "large")])
        for what, question in _QUESTIONS.items():
            row = []
            for name in ("small", "large"):
                with Instance.open(base / name) as instance:
                    row.append(_median(partial(question, instance)))
            _row(what, row)


def _fill(instance: Instance, count: int) -> None:
    start = 1_700_000_000.0
    number = written = 0
    while written < count:
        batch = run_of(100, start + number * 60, first=number % 100 * 100)  # 10,000 assets in all
        instance.store.append(batch)
        written += len(batch)
        number += 1


def _command(base: Path, home: str, words: list[str]) -> None:
    subprocess.run(
        [ORCH, *words, "--home", str(base / home), "-f", "definitions.py"],
        cwd=base,
        env=ENVIRONMENT,
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _median(action: Callable[[], object]) -> float:
    times = []
    for _ in range(5):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return sorted(times)[2]


def _row(what: str, times: list[float]) -> None:
    small, large = times
    print(f"{what:44} {small * 1000:>7.1f} ms {large * 1000:>9.1f} ms  {large / small:.1f}x", flush=True)


_COMMANDS = {
    "orch list-assets": ["list-assets"],
    "orch materialize --dry-run": ["materialize", "-s", "*", "--dry-run"],
    "orch materialize (3 assets)": ["materialize", "-s", "*"],
    "orch runs list": ["runs", "list"],
    "orch runs show --last": ["runs", "show", "--last"],
    "orch runs logs --last": ["runs", "logs", "--last"],
    "orch show x0": ["show", "x0"],
    "orch home info": ["home", "info"],
}
_QUESTIONS: dict[str, Callable[[Instance], object]] = {
    "open": lambda instance: Instance.open(instance.home).close(),
    "mark_dead_runs": lambda instance: instance.mark_dead_runs(),
    "store.runs(limit=20)": lambda instance: instance.store.runs(limit=20),
    "store.runs(job='x', limit=20)": lambda instance: instance.store.runs(job="x", limit=20),
    "store.runs(id_prefix=..., limit=2)": lambda instance: instance.store.runs(id_prefix="zz", limit=2),
    "store.runs()": lambda instance: instance.store.runs(),
    "store.materializations(3 keys)": lambda instance: instance.store.materializations(
        [f"group_{number}/asset_{number}" for number in range(3)]
    ),
    "store.materializations()": lambda instance: instance.store.materializations(),
    "store.failed_assets()": lambda instance: instance.store.failed_assets(),
    "store.events(types=step_failed)": lambda instance: list(instance.store.events(types=("step_failed",))),
    "store.events(types=run_finished, limit=10)": lambda instance: list(
        instance.store.events(types=("run_finished",), limit=10)
    ),
    "instance.all_asset_keys()": lambda instance: instance.all_asset_keys(),
    "instance.get_latest_materialization_event": lambda instance: instance.get_latest_materialization_event(
        ["group_0", "asset_0"]
    ),
    "instance.fetch_materializations(limit=5)": lambda instance: instance.fetch_materializations(
        ["group_0", "asset_0"], limit=5
    ),
    "instance.get_runs_count()": lambda instance: instance.get_runs_count(),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["size", "concurrent", "million"])
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", help="build the homes here, or use those that are here")
    given = parser.parse_args()
    if given.what == "size":
        measure_size()
    elif given.what == "concurrent":
        measure_concurrent(given.processes, given.steps)
    else:
        measure_million(given.events, given.keep)


if __name__ == "__main__":
    main()
