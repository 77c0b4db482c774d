"""From the events of a run to its timeline."""

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import msgspec

from orchestrator.reports.critical_path import critical_path
from orchestrator.reports.timeline import Lane, StepAttempt, Timeline, TimelineStep
from orchestrator.runs.events import (
    AssetMaterialized,
    Event,
    RunFinished,
    RunStarted,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import RunStatus, StepStatus

#: The types of events that a timeline is made of; the others are passed over.
TIMELINE_TYPES = (
    "run_started",
    "step_started",
    "asset_materialized",
    "step_up_for_retry",
    "step_succeeded",
    "step_failed",
    "step_skipped",
    "step_canceled",
    "run_finished",
)


def timeline_of(events: Iterable[Event], now: float) -> Timeline:
    """What a run did with its time.

    Args:
        events: of one run, in order.
        now: seconds since 1970; until then goes what still runs.
    """
    seen = _Seen()
    for event in events:
        seen.note(event)
    return seen.timeline(now)


class _Seen:
    """What the events of a run said."""

    def __init__(self) -> None:
        self._begun = RunStarted(run_id="", timestamp=math.inf)
        self._finished: RunFinished | None = None
        self._last = 0.0
        self._starts: dict[str, list[StepStarted]] = {}
        self._ends: dict[str, list[Event]] = {}
        self._never: dict[str, StepSkipped | StepFailed | StepCanceled] = {}
        self._made: dict[str, list[str]] = {}

    def note(self, event: Event) -> None:
        """Take note of an event."""
        match event:
            case RunStarted():
                self._begun = event
            case StepStarted():
                self._starts.setdefault(event.step, []).append(event)
            case AssetMaterialized():
                self._made.setdefault(event.step, []).append(event.asset)
            case StepSucceeded() | StepUpForRetry() | StepFailed() | StepCanceled() if self._runs(event.step):
                self._ends.setdefault(event.step, []).append(event)
            case StepSkipped() | StepFailed() | StepCanceled():
                self._never[event.step] = event
            case RunFinished():
                self._finished = event
                return
            case _:
                return
        self._last = max(self._last, event.timestamp)

    def _runs(self, step: str) -> bool:
        return len(self._starts.get(step, ())) > len(self._ends.get(step, ()))

    def timeline(self, now: float) -> Timeline:
        """What all of it adds up to."""
        ended = self._ended(now)
        attempts = {step: self._attempts(step, ended) for step in self._starts}
        upstream = self._upstream()
        started = min(ended, self._begun.timestamp)
        steps = [self._step(step, attempts[step], upstream[step], attempts, started) for step in attempts]
        path = critical_path({step.step: step.taken_s for step in steps}, upstream)
        on_path = set(path)
        steps = [msgspec.structs.replace(step, critical=True) if step.step in on_path else step for step in steps]
        by_key = {step.step: step for step in steps}
        busy_s = sum(step.duration_s for step in steps)
        waiting_s, overhead_s = _idle(steps, self._begun.max_workers, started, ended)
        return Timeline(
            executor=self._begun.executor,
            max_workers=self._begun.max_workers,
            started=started,
            ended=ended,
            steps=(*steps, *(_never_run(event) for step, event in self._never.items() if step not in attempts)),
            lanes=_lanes(steps),
            critical_path=path,
            critical_path_s=sum(by_key[step].taken_s for step in path),
            busy_s=busy_s,
            waiting_s=waiting_s,
            overhead_s=overhead_s,
        )

    def _ended(self, now: float) -> float:
        if self._finished is None:
            return max(now, self._last)
        seen_to_the_end = len(self._starts.keys() | self._never.keys()) >= self._begun.steps and all(
            len(self._ends.get(step, ())) == len(starts) for step, starts in self._starts.items()
        )
        died = self._finished.status is RunStatus.FAILURE and not seen_to_the_end
        # the end of a run whose process died is recorded by whoever finds out, and that may be days later
        return self._last if died else max(self._finished.timestamp, self._last)

    def _attempts(self, step: str, ended: float) -> tuple[StepAttempt, ...]:
        ends = self._ends.get(step, [])
        return tuple(
            _attempt(start, ends[place] if place < len(ends) else None, ended)
            for place, start in enumerate(self._starts[step])
        )

    def _upstream(self) -> dict[str, tuple[str, ...]]:
        """The steps that each waits for: all copies of a step that was mapped, in its place."""
        copies: dict[str, list[str]] = {}
        for step in self._starts:
            template, bracket, _ = step.partition("[")
            if bracket:
                copies.setdefault(template, []).append(step)
        found = {}
        for step, starts in self._starts.items():
            names: list[str] = []
            for one in starts[-1].upstream:
                names += copies[one] if one in copies and one not in self._starts else [one]
            found[step] = tuple(names)
        return found

    def _step(
        self,
        step: str,
        attempts: tuple[StepAttempt, ...],
        upstream: tuple[str, ...],
        all_attempts: Mapping[str, Sequence[StepAttempt]],
        started: float,
    ) -> TimelineStep:
        ends = (all_attempts[one][-1].ended for one in upstream if one in all_attempts)
        last = self._ends.get(step, [])[-1:]
        canceled = step in self._never  # while it waited for another attempt
        return TimelineStep(
            step=step,
            status=StepStatus.CANCELED if canceled else attempts[-1].status,
            location=self._starts[step][-1].location,
            assets=tuple(dict.fromkeys(self._made.get(step, ()))),
            upstream=upstream,
            ready=min(attempts[0].started, max(ends, default=started)),
            attempts=attempts,
            detail="".join(_reason(one) for one in last if isinstance(one, StepFailed | StepUpForRetry)),
        )


def _attempt(start: StepStarted, end: Event | None, ended: float) -> StepAttempt:
    status, wait_s = StepStatus.RUNNING, 0.0
    match end:
        case StepSucceeded():
            status = StepStatus.SUCCESS
        case StepFailed():
            status = StepStatus.FAILURE
        case StepUpForRetry():
            status, wait_s = StepStatus.FAILURE, end.wait_s
        case StepCanceled():
            status = StepStatus.CANCELED
        case _:
            pass
    measured = end if isinstance(end, StepSucceeded | StepFailed | StepUpForRetry) else None
    return StepAttempt(
        attempt=start.attempt,
        worker=start.worker,
        pid=start.pid,
        started=start.timestamp,
        ended=max(start.timestamp, ended if end is None else end.timestamp),  # clocks of two machines may differ
        status=status,
        cpu_s=None if measured is None else measured.cpu_s,
        peak_rss=None if measured is None else measured.peak_rss,
        wait_s=wait_s,
    )


def _reason(event: StepFailed | StepUpForRetry) -> str:
    return f"{event.error.type}: {event.error.message}"


def _never_run(event: StepSkipped | StepFailed | StepCanceled) -> TimelineStep:
    if isinstance(event, StepCanceled):
        return TimelineStep(step=event.step, status=StepStatus.CANCELED)
    if isinstance(event, StepFailed):
        return TimelineStep(step=event.step, status=StepStatus.FAILURE, detail=_reason(event))
    because = f"{event.reason}: {', '.join(event.because)}" if event.because else event.reason
    return TimelineStep(step=event.step, status=StepStatus.SKIPPED, detail=f"({because})")


def _lanes(steps: Iterable[TimelineStep]) -> tuple[Lane, ...]:
    keys: dict[str, list[str]] = {}
    busy: dict[str, float] = {}
    for step in steps:
        keys.setdefault(step.worker, []).append(step.step)
        for one in step.attempts:
            busy[one.worker] = busy.get(one.worker, 0.0) + one.duration_s
    return tuple(Lane(worker=worker, steps=tuple(keys[worker]), busy_s=busy[worker]) for worker in sorted(keys))


def _idle(steps: Iterable[TimelineStep], workers: int, started: float, ended: float) -> tuple[float, float]:
    """For how long workers were idle: because no step was ready, and although one was."""
    changes: list[tuple[float, int, int]] = [(started, 0, 0), (ended, 0, 0)]
    for step in steps:
        for one in step.attempts:
            changes += [(one.started, 1, 0), (one.ended, -1, 0)]
        for since, until in step.waits:
            changes += [(since, 0, 1), (until, 0, -1)]
    changes.sort()
    running = queued = 0
    waiting_s = overhead_s = 0.0
    for (at, runs, queues), (until, _, _) in pairwise(changes):
        running += runs
        queued += queues
        idle = max(0, workers - running)  # by the clocks of several machines, more may seem to run than can
        held_up = min(idle, queued)
        overhead_s += (until - at) * held_up
        waiting_s += (until - at) * (idle - held_up)
    return waiting_s, overhead_s
