"""Steps a second by executor and length of a step, for the table in docs/scaling.md.

    .venv/bin/python benchmarks/sizing.py
    .venv/bin/python benchmarks/sizing.py --workers 8 --seconds 20

Steps do nothing but sleep, so that workers, and not processors, are what there is too little of. What is measured is the
run as its events tell it: without the start of the command, with that of workers. Dask is a scheduler and that many
workers with a thread each, started from the command line before.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BIN = Path(sys.executable).parent
LENGTHS = (0.0, 0.01, 0.1, 1.0)

DEFINITIONS = """\
import time
import orchestrator as dg

def nap(number):
    @dg.asset(name=f"a{{number}}")
    def a() -> int:
        time.sleep({length})
        return number
    return a

defs = dg.Definitions(assets=[nap(number) for number in range({count})])
"""


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """A scheduler and workers; their address."""
    told = folder / "scheduler.json"
    common = ["--scheduler-file", str(told), "--no-dashboard"]
    commands = [["scheduler", "--host", "127.0.0.1", "--port", "0"]]
    commands += [["worker", "--nthreads", "1", "--no-nanny", "--name", f"w{one}"] for one in range(workers)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen([str(BIN / "dask"), *one, *common], cwd=folder, **quiet) for one in commands]
    try:
        while not told.exists():
            time.sleep(0.05)
        import distributed

        address = str(json.loads(told.read_text())["address"])
        with distributed.Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers)
        yield address
    finally:
        for process in processes:
            process.kill()
            process.wait()


def measure(folder: Path, arguments: list[str]) -> float:
    """How many seconds the run took, as it says itself."""
    command = [str(BIN / "orch"), "materialize", "--select", "*", "--format", "json", "--no-capture", *arguments]
    done = subprocess.run(command, cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    last = json.loads(done.stdout.splitlines()[-1])
    assert last["status"] == "success"
    return float(last["duration_s"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=4, help="steps at once")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long a run should take, more or less")
    options = parser.parse_args()
    workers = options.workers
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name, cluster(Path(name), workers) as address:
        executors = {
            "in process": ["--executor", "in_process"],
            f"multiprocess, {workers} workers": ["--executor", "multiprocess", "-j", str(workers)],
            f"Dask, {workers} workers": ["--dask-address", address],
        }
        print("| a step takes | " + " | ".join(executors) + " |")
        print("| --- |" + " --- |" * len(executors))
        for length in LENGTHS:
            row = []
            for executor, arguments in executors.items():
                at_once = 1 if executor == "in process" else workers
                count = max(at_once * 2, min(2_000, int(options.seconds * at_once / max(length, 0.001))))
                folder = Path(name, f"{length}-{len(row)}")
                folder.mkdir()
                (folder / "definitions.py").write_text(DEFINITIONS.format(length=length, count=count))
                took = measure(folder, arguments)
                best = f" ({count * length / at_once / took:.0%})" if length else ""
                row.append(f"{count / took:,.1f}{best}")
            print(f"| {length * 1000:g} ms | " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
