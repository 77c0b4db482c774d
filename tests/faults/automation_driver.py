"""Drives automation over simulated time in processes that are killed at random; prints what is in the books then.

`python automation_driver.py HOME KILLS SEED`. Two processes at once, as a daemon and an `orch tick` would be.
"""

import json
import os
import random
import select
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from orchestrator.automation.timetable import DueTick, Timetable
from orchestrator.automation_loop import Evaluator, recover
from orchestrator.errors import ErrorInfo, SourceRef
from orchestrator.execution.liveness import this_process
from orchestrator.graph.snapshot import LocationSnapshot, ScheduleSnapshot, SensorSnapshot
from orchestrator.instance import Instance
from orchestrator.runs.events import RunFinished, RunStarted
from orchestrator.runs.records import RunStatus
from orchestrator.runs.requests import RunRequestData
from orchestrator.workspace.messages import EvaluateTick, TickResult

START = 1_772_000_000.0 // 3600 * 3600
STEP = 600.0
SOURCE = SourceRef("definitions.py", 1)
CRONS = {
    "often": ("*/10 * * * *", "UTC"),
    "hourly": ("0 * * * *", "Asia/Seoul"),
    "daily": ("30 2 * * *", "Europe/Berlin"),
}
LOCATION = LocationSnapshot(
    name="bakery",
    schedules=tuple(
        ScheduleSnapshot(
            name=name, source=SOURCE, crons=(cron,), timezone=zone, target="job:cakes", default_status="running"
        )
        for name, (cron, zone) in CRONS.items()
    ),
    sensors=tuple(
        SensorSnapshot(name=name, source=SOURCE, kind="standard", interval_s=600, default_status="running")
        for name in ("by_cursor", "by_key")
    ),
)


def ask(due: DueTick, request: EvaluateTick) -> TickResult | ErrorInfo:
    """What user code would answer: sensors find a file every five minutes of simulated time."""
    if request.kind == "schedule":
        return TickResult(requests=(RunRequestData(job="cakes", tags={"n": str(int(request.scheduled))}),))
    found = int((request.now - START) // 300)
    if request.name == "by_key":  # without a cursor: it names the last hundred files each time
        return TickResult(
            requests=tuple(
                RunRequestData(job="cakes", run_key=f"file-{n}", tags={"n": str(n)})
                for n in range(max(0, found - 100), found)
            ),
            skip_reason="" if found else "no files",
        )
    done = int(request.cursor or 0)
    upto = min(found, done + 5)
    return TickResult(
        requests=tuple(RunRequestData(job="cakes", tags={"n": str(n)}) for n in range(done, upto)),
        skip_reason="" if upto > done else "no new files",
        cursor=str(upto),
    )


def clock_of(home: Path) -> float:
    try:
        return float((home / "clock").read_text())
    except FileNotFoundError:
        return START


def set_clock(home: Path, now: float) -> None:
    temporary = home / f"clock-{os.getpid()}"
    temporary.write_text(str(now))
    temporary.replace(home / "clock")


def run_queued(instance: Instance) -> None:
    """What `orch run-request` does, without the run."""
    ticks, me = instance.store.ticks, this_process()
    for one in ticks.requests(status="queued"):
        if ticks.note_launched(one.id, one.attempts, me):
            instance.store.append([RunStarted(run_id=one.run_id, timestamp=1.0, **me._asdict())])
            instance.store.append(
                [
                    RunFinished(
                        run_id=one.run_id,
                        timestamp=2.0,
                        status=RunStatus.SUCCESS,
                        materialized=0,
                        failed=0,
                        skipped=0,
                        duration_s=1.0,
                    )
                ]
            )
            ticks.note_done(one.id)


def work(home: Path, steps: int) -> None:
    with Instance.open(home) as instance:
        evaluator = Evaluator(instance, Timetable([LOCATION], max_catchup=1000), ask)
        now = clock_of(home)
        for _ in range(steps):
            recover(instance)
            evaluator.evaluate_due(now)
            run_queued(instance)
            now = max(clock_of(home), now + STEP)
            set_clock(home, now)


def start(home: Path) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work(home, 1_000_000)
        except BaseException:  # noqa: BLE001
            sys.excepthook(*sys.exc_info())
        os._exit(code)
    return pid


def main() -> None:
    home, kills, rng = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    work(home, 1)  # everything was seen before the first dies
    unexpected = 0
    running = [start(home), start(home)]
    for _ in range(kills):
        select.select([], [], [], rng.uniform(0.002, 0.08))
        victim = running.pop(rng.randrange(2))
        with suppress(ProcessLookupError):
            os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        unexpected += os.waitstatus_to_exitcode(status) != -signal.SIGKILL
        running.append(start(home))
    for pid in running:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    before = time.perf_counter()
    work(home, 1)
    work(home, 1)
    with Instance.open(home) as instance:
        ticks = instance.store.ticks
        requests = ticks.requests()
        starts: dict[str, int] = {}
        for stored in instance.store.events(types=("run_started",)):
            starts[stored.event.run_id] = starts.get(stored.event.run_id, 0) + 1
        json.dump(
            {
                "unexpected": unexpected,
                "until": clock_of(home) - STEP,
                "settled_in": time.perf_counter() - before,
                "ticks": {name: sorted(one.scheduled for one in ticks.ticks("bakery", name, 10**9)) for name in CRONS},
                "requests": [(one.name, int(one.request.tags["n"]), one.run_id, one.status) for one in requests],
                "starts": starts,
                "cursors": {one.name: one.cursor for one in ticks.states()},
            },
            sys.stdout,
        )


if __name__ == "__main__":
    main()
