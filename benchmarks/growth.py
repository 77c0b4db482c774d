"""How cost grows with the number of steps: `python benchmarks/growth.py`.

A chain of trivial assets, materialized in process and with four workers. A cell is CPU time of `orch` per step, wall time per
step, and the peak memory of `orch` per step, all beyond what a run of two steps takes; flat is good.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from projects import write_project

ORCH = str(Path(sys.executable).with_name("orch"))
WAYS = {"in process": [], "4 workers": ["-j", "4"]}
SHAPES = {"in process": "chain", "4 workers": "layered"}


def cost(count: int, way: str) -> tuple[float, float, float]:
    """CPU seconds and peak MiB of the coordinator, and seconds of wall time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_project(folder, "orchestrator", SHAPES[way], count)
        environment = {key: one for key, one in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run([ORCH, "check"], cwd=folder, env=environment, capture_output=True, check=True)  # compiles
        began = time.perf_counter()
        process = subprocess.Popen([ORCH, "materialize", "-s", "*", "-q", *WAYS[way]], cwd=folder, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"a run of {count} steps failed")
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, took


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=100_000, help="steps at most")
    most = parser.parse_args().most
    print("| steps | " + " | ".join(f"{way}: CPU per step | wall per step | memory per step" for way in WAYS) + " |")
    print("|---|" + "---|---|---|" * len(WAYS))
    base = {way: cost(2, way) for way in WAYS}
    count = 100
    while count <= most:
        cells = []
        for way, (cpu, memory, wall) in base.items():
            own = cost(count, way)
            cells.append(
                f"{(own[0] - cpu) / count * 1e6:.0f} us | {(own[2] - wall) / count * 1e6:.0f} us"
                f" | {(own[1] - memory) / count * 1024:.1f} KiB"
            )
        print(f"| {count:,} | {' | '.join(cells)} |", flush=True)
        count *= 10


if __name__ == "__main__":
    main()
