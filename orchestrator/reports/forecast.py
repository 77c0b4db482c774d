"""How long a run will go on, from how long its steps took before."""

import heapq
from collections import deque
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from orchestrator.planning.plan import RunPlan
from orchestrator.reports.progress import Progress
from orchestrator.runs.events import StepSucceeded


class TimeLeft(Struct, frozen=True):
    """How long a run will go on."""

    seconds: float
    #: Whether it is known of every step how long it takes; those of which it is not count nothing.
    whole: bool


def finish_of(
    upstream: Mapping[str, Sequence[str]],
    seconds: Mapping[str, float],
    running: Mapping[str, float],
    workers: int,
) -> float:
    """When the last of some steps ends, if what is ready first is started as soon as a worker is free.

    Never less than the critical path takes, nor than all the work does on so many workers.

    Args:
        upstream: the steps that are to be run, and what each waits for; what is neither of them nor runs has ended.
        seconds: how long they take.
        running: the steps that run, and how long each still does.
        workers: how many run at once.
    """
    downstream: dict[str, list[str]] = {}
    waiting: dict[str, int] = {}
    ready: deque[str] = deque()
    for step, names in upstream.items():
        count = 0
        for name in names:
            if name in upstream or name in running:
                downstream.setdefault(name, []).append(step)
                count += 1
        if count:
            waiting[step] = count
        else:
            ready.append(step)
    busy = [(left, step) for step, left in running.items()]
    heapq.heapify(busy)
    now = 0.0
    while busy or ready:
        while ready and len(busy) < workers:
            step = ready.popleft()
            heapq.heappush(busy, (now + seconds.get(step, 0.0), step))
        now, ended = heapq.heappop(busy)
        for step in downstream.get(ended, ()):
            waiting[step] -= 1
            if waiting[step] == 0:
                ready.append(step)
    return now


class Forecast:
    """How long a run will go on, refined as its steps end.

    Args:
        progress: where it stands.
        earlier: how long its steps took before, where that is known; of a mapped step, how long a copy takes.
        workers: how many steps run at once.
    """

    def __init__(self, progress: Progress, earlier: Mapping[str, float], workers: int = 1) -> None:
        self._progress = progress
        self._earlier = earlier
        self.workers = workers

    def left(self, now: float) -> TimeLeft | None:
        """How long the run will go on from now; None if nothing is known of what is left. For any thread.

        Args:
            now: by the clock of `Progress.see`.
        """
        # whole copies: events may come meanwhile
        pending, running = self._progress.pending.copy(), self._progress.running.copy()
        copies = self._progress.copies.copy()
        of_copies = self._copies_took(copies)
        seconds: dict[str, float] = {}
        for step in pending:
            template = step.partition("[")[0]
            known = self._earlier.get(step, of_copies.get(template, self._earlier.get(template)))
            if known is not None:
                seconds[step] = known
        if not seconds:
            return None
        left = {step: max(0.0, seconds.get(step, 0.0) - (now - one.since)) for step, one in running.items()}
        upstream = {step: _copied(names, copies) for step, names in pending.items() if step not in running}
        return TimeLeft(finish_of(upstream, seconds, left, self.workers), whole=len(seconds) == len(pending))

    def _copies_took(self, copies: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """By mapped step, how long its copies took in this run so far."""
        took = self._progress.took
        return {
            template: sum(known) / len(known)
            for template, names in copies.items()
            if (known := [took[one] for one in names if one in took])
        }


def _copied(names: Sequence[str], copies: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """All copies of the steps that were mapped, in their place."""
    if not copies or not any(name in copies for name in names):
        return names
    return [one for name in names for one in copies.get(name, (name,))]


def earlier_seconds(
    plan: RunPlan, assets: Mapping[str, float], succeeded: Iterable[StepSucceeded] = ()
) -> dict[str, float]:
    """How long the steps of a plan took before, where that is known.

    Args:
        plan: the steps.
        assets: how long the step took that made each asset last.
        succeeded: steps of an earlier run of the same job.
    """
    of_run: dict[str, list[float]] = {}
    for event in succeeded:
        of_run.setdefault(event.step, []).append(event.duration_s)
        template, bracket, _ = event.step.partition("[")
        if bracket:
            of_run.setdefault(template, []).append(event.duration_s)
    found = {step: sum(times) / len(times) for step, times in of_run.items()}
    for step in plan.pending:
        known = [assets[key] for key in step.assets if key in assets]
        if known:
            found[step.key] = max(known)
    return found
