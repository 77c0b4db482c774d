"""How long a worker takes to be ready, by the way it is started: `python benchmarks/start_methods.py`.

A worker is ready when it has loaded its code location and has answered that a run is prepared. `fork` is what orch does
where it is safe: the first worker of the location, which has loaded it, becomes two. `spawn` is a fresh interpreter, which
orch starts otherwise. The same two, and `forkserver` with the location preloaded, through the standard library's
`multiprocessing`, for comparison. Each figure is the median of several, one after the other.
"""

import argparse
import importlib.util
import multiprocessing
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from orchestrator.execution.capture import CaptureSettings
from orchestrator.execution.run_request import RunRequest
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.messages import PrepareRun
from orchestrator.workspace.process import LocationWorker, await_description

PLAIN = "import orchestrator as dg\n\n@dg.asset\ndef a():\n    return 1\n"
PROGRAMS = {"plain": PLAIN, "pandas": "import pandas\n" + PLAIN}


def orch_worker(first: LocationWorker, *, fork: bool) -> float:
    """Seconds until one more worker is ready."""
    began = time.perf_counter()
    process, is_loaded = first.new_process(1, fork=fork)
    if not is_loaded:
        await_description(process, first.ref)
    process.send(PrepareRun(RunRequest(run_id="r", storage="s"), CaptureSettings(), "w"))
    if process.receive() is not None:
        raise SystemExit("the run could not be prepared")
    took = time.perf_counter() - began
    process.close()
    return took if is_loaded == fork else -took


def ready(connection: object) -> None:
    """What a process of `multiprocessing` does: it loads the location and says so."""
    import definitions  # type: ignore[import-not-found]  # noqa: F401

    connection.send(None)  # type: ignore[attr-defined]


def standard_worker(method: str) -> float:
    """The same through the standard library."""
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(["definitions"])
    began = time.perf_counter()
    ours, theirs = context.Pipe()
    process = context.Process(target=ready, args=(theirs,))
    process.start()
    ours.recv()
    took = time.perf_counter() - began
    process.join()
    return took


def median(measure: Callable[[], float], repeat: int) -> float:
    """Of several; the first, which warms caches and starts servers, does not count."""
    measure()
    return statistics.median(measure() for _ in range(repeat))


def shown(seconds: float) -> str:
    """Milliseconds; negative: orch did not fork, because it is not safe."""
    return f"{seconds * 1000:.1f} ms" if seconds >= 0 else f"not safe: spawn, {-seconds * 1000:.1f} ms"


def measure(name: str, folder: str, repeat: int) -> None:
    """Measure one program and print its row."""
    first = LocationWorker(
        LocationRef(name="definitions.py", file=str(Path(folder, "definitions.py")), base_directory=folder)
    )
    first.describe()
    cells = [median(partial(orch_worker, first, fork=fork), repeat) for fork in (True, False)]
    first.close()
    importlib.import_module("definitions")
    cells += [median(partial(standard_worker, method), repeat) for method in ("fork", "forkserver", "spawn")]
    print(f"| {name} | {' | '.join(map(shown, cells))} |", flush=True)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=9, help="workers of each kind")
    parser.add_argument("--only", choices=PROGRAMS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only is not None:
        measure(options.only, options.folder, options.repeat)
        return
    print("| code location | orch: fork | orch: spawn | multiprocessing: fork | forkserver | spawn |")
    print("|---|---|---|---|---|---|", flush=True)
    for name, program in PROGRAMS.items():
        if name != "plain" and importlib.util.find_spec(name) is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "definitions.py").write_text(program)
            own = ["--only", name, "--folder", folder, "--repeat", str(options.repeat)]
            environment = os.environ | {"PYTHONPATH": folder}  # the fork server reads it; it knows no other path
            subprocess.run([sys.executable, __file__, *own], env=environment, check=True)


if __name__ == "__main__":
    main()
