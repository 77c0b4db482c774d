"""`kill -9` at random instants: at least two hundred times in one run of the suite. More of it: benchmarks/kill.py."""

from pathlib import Path

import pytest

from tests.faults.killing import Victim, Workload, kill_many

_WORKERS = ("--executor", "multiprocess", "-j", "2")


@pytest.mark.parametrize(
    ("workload", "options", "victim", "kills"),
    [
        (Workload.ASSETS, (), Victim.COORDINATOR, 40),
        (Workload.OPS, (), Victim.COORDINATOR, 25),
        (Workload.ASSETS, _WORKERS, Victim.COORDINATOR, 30),
        (Workload.ASSETS, _WORKERS, Victim.WORKER, 40),
        (Workload.ASSETS, _WORKERS, Victim.BOTH, 25),
        (Workload.OPS, _WORKERS, Victim.WORKER, 25),
        (Workload.LOCATIONS, (), Victim.BOTH, 10),
        (Workload.LOCATIONS, _WORKERS, Victim.COORDINATOR, 10),
    ],
)
def test_nothing_that_was_done_is_lost(
    tmp_path: Path, workload: Workload, options: tuple[str, ...], victim: Victim, kills: int
) -> None:
    tally = kill_many(tmp_path, workload, options, victim, seed=20261125, kills=kills)
    assert tally.kills >= kills
    assert tally.amid >= tally.kills // 2
