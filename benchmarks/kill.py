"""Kill runs a thousand times and more: `python benchmarks/kill.py [KILLS]`. Prints a table; stops at what is wrong.

The checks are those of tests/faults/killing.py, which the suite does some two hundred times; here with other seeds, more
executors and steps of several lengths.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.faults.killing import Tally, Victim, Workload, kill_many

_WORKERS = ("--executor", "multiprocess", "-j")
_EXECUTORS: dict[str, tuple[str, ...]] = {
    "in process": (),
    "1 worker": (*_WORKERS, "1"),
    "2 workers": (*_WORKERS, "2"),
    "4 workers": (*_WORKERS, "4"),
    "isolated": (*_WORKERS, "2", "--isolate-steps"),
}
_HEAD = (
    "| executor | workload | killed | kills | amid steps | runs | homes | unrecorded | leftovers | last one gone | s |"
)


def main() -> None:
    """Kill, and print a line per combination."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", type=int, nargs="?", default=1000, help="how many in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--parallel", type=int, default=2, help="how many runs at a time")
    given = parser.parse_args()
    cells = [
        (name, workload, victim)
        for name in _EXECUTORS
        for workload in Workload
        for victim in Victim
        if victim is Victim.COORDINATOR or name != "in process" or workload is Workload.LOCATIONS
    ]
    each = -(-given.kills // len(cells))
    print(f"{_HEAD}\n|{' --- |' * 11}", flush=True)

    def kill(place: int) -> Tally:
        name, workload, victim = cells[place]
        started = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="orch-kill-") as folder:
            seconds = (0.002, 0.0, 0.01)[place % 3]
            seed = given.seed + place
            tally = kill_many(Path(folder), workload, _EXECUTORS[name], victim, seed=seed, kills=each, seconds=seconds)
        spent = time.perf_counter() - started
        print(
            f"| {name} | {workload} | {victim} | {tally.kills} | {tally.amid} | {tally.runs} | {tally.homes} "
            f"| {tally.unrecorded} | {tally.leftovers} | {tally.slowest_end:.2f} s | {spent:.0f} |",
            flush=True,
        )
        return tally

    started = time.perf_counter()
    with ThreadPoolExecutor(given.parallel) as pool:
        tallies = list(pool.map(kill, range(len(cells))))
    kills, amid = sum(one.kills for one in tallies), sum(one.amid for one in tallies)
    print(f"\n{kills} kills, {amid} of them amid steps, in {time.perf_counter() - started:.0f} s: nothing lost")


if __name__ == "__main__":
    main()
