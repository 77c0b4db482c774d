"""Runs that never were: their events, as a list-scheduler with some workers would cause them."""

import heapq
from collections.abc import Mapping, Sequence

from hypothesis import strategies as st

from orchestrator.runs.events import Event, RunFinished, RunStarted, StepStarted, StepSucceeded
from orchestrator.runs.records import RunStatus


@st.composite
def graphs(draw: st.DrawFn, most: int = 12) -> tuple[dict[str, float], dict[str, tuple[str, ...]]]:
    """Seconds by step, and upstream by step; whole quarters, so that sums are exact."""
    count = draw(st.integers(0, most))
    names = [f"s{number}" for number in range(count)]
    seconds = {name: draw(st.integers(0, 20)) / 4 for name in names}
    upstream = {
        name: tuple(draw(st.lists(st.sampled_from(names[:place]), unique=True, max_size=3))) if place else ()
        for place, name in enumerate(names)
    }
    return seconds, upstream


def played(seconds: Mapping[str, float], upstream: Mapping[str, Sequence[str]], workers: int) -> list[Event]:
    """The events of a run of these steps on so many workers, from moment 100."""
    events: list[Event] = [
        RunStarted(run_id="r", timestamp=100.0, steps=len(seconds), executor="multiprocess", max_workers=workers)
    ]
    now, done, pending = 100.0, set[str](), [*seconds]
    free = [f"w{number}" for number in range(workers)]
    running: list[tuple[float, str, str]] = []
    while pending or running:
        for step in [step for step in pending if done.issuperset(upstream[step])][: len(free)]:
            pending.remove(step)
            worker = free.pop(0)
            heapq.heappush(running, (now + seconds[step], step, worker))
            events.append(
                StepStarted(run_id="r", timestamp=now, step=step, worker=worker, pid=7, upstream=(*upstream[step],))
            )
        now, step, worker = heapq.heappop(running)
        done.add(step)
        free.append(worker)
        events.append(StepSucceeded(run_id="r", timestamp=now, step=step, duration_s=seconds[step]))
    took = now - 100.0
    events.append(
        RunFinished(
            run_id="r",
            timestamp=now,
            status=RunStatus.SUCCESS,
            materialized=0,
            failed=0,
            skipped=0,
            duration_s=took,
        )
    )
    return events
