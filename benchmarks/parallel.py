"""Sixteen independent steps of a quarter second on four workers, orch beside its peers, in one run.

    python benchmarks/parallel.py --peers PYTHON --dagster PYTHON

Each figure is the median wall time of whole processes, cold, started one after the other in turn. `--peers` is an
interpreter with luigi, doit, kedro, prefect and distributed, `--dagster` one with Dagster; what is not given is left out.
The steps sleep, or keep a processor busy; with fewer processors than workers, the second says more about the machine.
"""

import argparse
import math
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ORCH = str(Path(sys.executable).with_name("orch"))
STEPS, WORKERS, SECONDS = 16, 4, 0.25

WORK = f"""
import time

def work(busy):
    if not busy:
        time.sleep({SECONDS})
        return 1
    end = time.process_time() + {SECONDS}
    while time.process_time() < end:
        pass
    return 1
"""

ORCH_CODE = f"""
import orchestrator as dg
from work import work

def make(number):
    @dg.asset(name=f"a{{number}}")
    def one():
        return work(BUSY)
    return one

defs = dg.Definitions(assets=[make(number) for number in range({STEPS})])
"""

DAGSTER_CODE = f"""
import dagster as dg
from work import work

def make(number):
    @dg.op(name=f"a{{number}}")
    def one():
        return work(BUSY)
    return one

ops = [make(number) for number in range({STEPS})]

@dg.job(executor_def=dg.multiprocess_executor.configured({{"max_concurrent": {WORKERS}}}))
def j():
    for one in ops:
        one()

if __name__ == "__main__":
    with dg.DagsterInstance.get() as instance:
        assert dg.execute_job(dg.reconstructable(j), instance=instance).success
"""

LUIGI_CODE = f"""
import luigi
from work import work

class A(luigi.Task):
    number = luigi.IntParameter()
    def output(self):
        return luigi.LocalTarget(f"out/{{self.number}}")
    def run(self):
        with self.output().open("w") as file:
            file.write(str(work(BUSY)))

class All(luigi.WrapperTask):
    def requires(self):
        return [A(number=number) for number in range({STEPS})]
"""

DOIT_CODE = f"""
from work import work

def action(number):
    with open(f"out{{number}}", "w") as file:
        file.write(str(work(BUSY)))

def task_a():
    for number in range({STEPS}):
        yield {{"name": str(number), "actions": [(action, [number])], "targets": [f"out{{number}}"], "uptodate": [False]}}
"""

KEDRO_CODE = f"""
from kedro.framework.project import configure_project
from kedro.io import SharedMemoryDataCatalog
from kedro.pipeline import node, pipeline
from kedro.runner import ParallelRunner
from work import work

def one(_):
    return work(BUSY)

if __name__ == "__main__":
    nodes = [node(one, "start", f"o{{number}}", name=f"n{{number}}") for number in range({STEPS})]
    catalog = SharedMemoryDataCatalog.from_config({{}})
    catalog["start"] = 1
    ParallelRunner(max_workers={WORKERS}).run(pipeline(nodes), catalog)
"""

PREFECT_CODE = f"""
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner
from work import work

@task
def one(number):
    return work(BUSY)

@flow(task_runner=ThreadPoolTaskRunner(max_workers={WORKERS}), log_prints=False)
def f():
    for future in one.map(list(range({STEPS}))):
        future.result()

if __name__ == "__main__":
    f()
"""

DASK_CODE = f"""
from distributed import Client, LocalCluster
from work import work

if __name__ == "__main__":
    with LocalCluster(n_workers={WORKERS}, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        client.gather([client.submit(work, BUSY, pure=False) for _ in range({STEPS})])
"""

Contestant = tuple[str, str, list[str]]


def contestants(peers: Path | None, dagster: Path | None) -> dict[str, Contestant]:
    """By name: the file its program is in, the program, and the command that runs it."""
    jobs = ["-j", str(WORKERS)]
    found: dict[str, Contestant] = {
        "orch": ("definitions.py", ORCH_CODE, [ORCH, "materialize", "-s", "*", "-q", *jobs]),
        "orch, a process per step": (
            "definitions.py",
            ORCH_CODE,
            [ORCH, "materialize", "-s", "*", "-q", *jobs, "--isolate-steps"],
        ),
    }
    if peers is not None:
        python, tools = str(peers), peers.parent
        found |= {
            "doit -n 4": ("dodo.py", DOIT_CODE, [str(tools / "doit"), "-n", str(WORKERS)]),
            "Luigi, 4 workers": (
                "tasks.py",
                LUIGI_CODE,
                [python, "-m", "luigi", "--module", "tasks", "All", "--local-scheduler", "--workers", str(WORKERS)],
            ),
            "Kedro ParallelRunner": ("flow.py", KEDRO_CODE, [python, "flow.py"]),
            "Prefect, 4 threads": ("flow.py", PREFECT_CODE, [python, "flow.py"]),
            "Dask, 4 processes": ("flow.py", DASK_CODE, [python, "flow.py"]),
        }
    if dagster is not None:
        found["Dagster multiprocess"] = ("flow.py", DAGSTER_CODE, [str(dagster), "flow.py"])
    return found


def seconds(contestant: Contestant, *, busy: bool) -> float:
    """Wall time of one run in a fresh folder."""
    file, code, command = contestant
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "work.py").write_text(WORK)
        (folder / file).write_text(code.replace("BUSY", str(busy)))
        (folder / "home").mkdir()
        environment = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
            "PYTHONPATH": name,
            "DAGSTER_HOME": str(folder / "home"),
            "DAGSTER_DISABLE_TELEMETRY": "1",
            "PREFECT_HOME": str(folder / "home"),
            "PREFECT_LOGGING_LEVEL": "ERROR",
            "DO_NOT_TRACK": "1",
        }
        started = time.perf_counter()
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        took = time.perf_counter() - started
    if done.returncode != 0:
        print(f"{' '.join(command)} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}", file=sys.stderr)
        return math.nan  # a peer that cannot stand the load is a result too
    return took


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, help="an interpreter that has the peers")
    parser.add_argument("--dagster", type=Path, help="an interpreter that has Dagster")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each")
    options = parser.parse_args()
    racing = contestants(options.peers, options.dagster)
    for busy in (False, True):
        found: dict[str, list[float]] = {name: [] for name in racing}
        for _ in range(options.repeat):
            for name, contestant in racing.items():
                found[name].append(seconds(contestant, busy=busy))
        medians = {name: statistics.median(values) for name, values in found.items()}
        first = medians["orch"]
        print(
            f"\n| {STEPS} steps of {SECONDS} s ({'busy' if busy else 'asleep'}), {WORKERS} workers | seconds | to orch |"
        )
        print("|---|---|---|")
        for name, value in medians.items():
            print(f"| {name} | {value:.2f} | {value / first:.1f}x |", flush=True)


if __name__ == "__main__":
    main()
