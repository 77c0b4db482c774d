"""What a run did with its time."""

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import ErrorInfo
from orchestrator.reports.critical_path import critical_path
from orchestrator.reports.timeline import Timeline
from orchestrator.reports.timeline_of import timeline_of
from orchestrator.runs.events import (
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

from .runs import graphs, played

Graph = tuple[dict[str, float], dict[str, tuple[str, ...]]]
ERROR = ErrorInfo(type="ValueError", message="no")


def begun(workers: int = 2, steps: int = 2) -> RunStarted:
    return RunStarted(run_id="r", timestamp=0.0, steps=steps, max_workers=workers, executor="multiprocess")


def started(step: str, at: float, *upstream: str, worker: str = "w1", attempt: int = 0) -> StepStarted:
    return StepStarted(
        run_id="r", timestamp=at, step=step, upstream=upstream, worker=worker, attempt=attempt, location="here", pid=5
    )


def done(step: str, at: float, **more: float) -> StepSucceeded:
    return StepSucceeded(run_id="r", timestamp=at, step=step, duration_s=0.0, **more)


def finished(at: float, status: RunStatus = RunStatus.SUCCESS) -> RunFinished:
    return RunFinished(run_id="r", timestamp=at, status=status, materialized=0, failed=0, skipped=0, duration_s=at)


def timeline(*events: Event, now: float = 1000.0) -> Timeline:
    return timeline_of(events, now)


@given(graphs())
def test_the_critical_path_is_the_longest_path(graph: Graph) -> None:
    seconds, upstream = graph
    oracle = nx.DiGraph()
    oracle.add_nodes_from([*seconds, "end"])
    oracle.add_edges_from(
        (before, step, {"weight": seconds[before]}) for step, names in upstream.items() for before in names
    )
    oracle.add_edges_from((step, "end", {"weight": took}) for step, took in seconds.items())
    path = critical_path(seconds, upstream)
    assert sum(seconds[step] for step in path) == nx.dag_longest_path_length(oracle)
    assert all(before in upstream[step] for before, step in pairwise(path))
    assert bool(path) == bool(seconds)


@given(graphs(), st.integers(1, 4))
def test_the_time_of_the_workers_is_busy_waiting_or_overhead(graph: Graph, workers: int) -> None:
    seconds, upstream = graph
    found = timeline_of(played(seconds, upstream, workers), now=0.0)
    assert found.max_workers == workers
    assert found.busy_s == sum(seconds.values()) == sum(lane.busy_s for lane in found.lanes)
    assert found.busy_s + found.waiting_s + found.overhead_s == workers * found.span_s
    assert found.overhead_s == 0  # nothing waited for a worker while one was idle
    assert found.critical_path_s <= found.span_s
    assert sum(len(lane.steps) for lane in found.lanes) == len(seconds)
    if workers >= len(seconds):
        assert found.critical_path_s == found.span_s


def test_time_is_lost_to_waiting_for_steps_and_to_starting_them() -> None:
    found = timeline(
        begun(), started("a", 1.0), done("a", 3.0), started("b", 4.0, "a", worker="w2"), done("b", 6.0), finished(6.0)
    )
    # a was ready for 1 s before it ran, so was b: one worker was idle for nothing, the other had nothing to do
    assert (found.busy_s, found.overhead_s, found.waiting_s) == (4.0, 2.0, 6.0)
    assert found.efficiency == pytest.approx(4 / 12)
    assert [step.waited_s for step in found.steps] == [1.0, 1.0]
    assert (found.critical_path, found.critical_path_s) == (("a", "b"), 4.0)


def test_attempts_are_kept_apart() -> None:
    retry = StepUpForRetry(run_id="r", timestamp=2.0, step="a", error=ERROR, duration_s=2.0, wait_s=3.0, cpu_s=1.5)
    found = timeline(
        begun(1, 1), started("a", 0.0), retry, started("a", 6.0, attempt=1), done("a", 7.0, cpu_s=0.5), finished(7.0)
    )
    (step,) = found.steps
    assert [(one.status, one.started, one.ended) for one in step.attempts] == [
        (StepStatus.FAILURE, 0.0, 2.0),
        (StepStatus.SUCCESS, 6.0, 7.0),
    ]
    assert (step.status, step.duration_s, step.taken_s, step.waited_s) == (StepStatus.SUCCESS, 3.0, 6.0, 1.0)
    assert (step.cpu_s, step.peak_rss, step.detail) == (2.0, None, "")
    assert (found.busy_s, found.overhead_s, found.waiting_s) == (3.0, 1.0, 3.0)


def test_a_step_that_waited_for_a_mapped_one_waited_for_all_its_copies() -> None:
    found = timeline(
        begun(2, 3),
        started("many", 0.0),
        done("many", 1.0),
        started("each[x]", 1.0, "many"),
        started("each[y]", 1.0, "many", worker="w2"),
        done("each[x]", 2.0),
        done("each[y]", 5.0),
        started("all", 5.0, "each"),
        done("all", 6.0),
        finished(6.0),
    )
    assert found.steps[-1].upstream == ("each[x]", "each[y]")
    assert found.critical_path == ("many", "each[y]", "all")


def test_what_failed_and_what_never_ran() -> None:
    found = timeline(
        begun(1, 4),
        started("a", 0.0),
        StepFailed(run_id="r", timestamp=1.0, step="a", error=ERROR, duration_s=1.0),
        StepSkipped(run_id="r", timestamp=1.0, step="b", because=("a",), reason="upstream failed"),
        StepCanceled(run_id="r", timestamp=1.0, step="c"),
        StepFailed(run_id="r", timestamp=1.0, step="d", error=ERROR, duration_s=0.0),
        finished(1.0, RunStatus.FAILURE),
    )
    assert [(step.step, step.status, step.detail) for step in found.steps] == [
        ("a", "failure", "ValueError: no"),
        ("b", "skipped", "(upstream failed: a)"),
        ("c", "canceled", ""),
        ("d", "failure", "ValueError: no"),
    ]
    assert found.critical_path == ("a",)


def test_a_step_that_was_stopped_while_it_ran_and_one_that_waited_for_another_attempt() -> None:
    found = timeline(
        begun(2, 2),
        started("a", 0.0),
        started("b", 0.0, worker="w2"),
        StepUpForRetry(run_id="r", timestamp=1.0, step="b", error=ERROR, duration_s=1.0, wait_s=9.0),
        StepCanceled(run_id="r", timestamp=2.0, step="a"),
        StepCanceled(run_id="r", timestamp=2.0, step="b"),
        finished(2.0, RunStatus.CANCELED),
    )
    assert [(step.status, step.duration_s) for step in found.steps] == [("canceled", 2.0), ("canceled", 1.0)]


def test_a_run_that_goes_on_lasts_until_now() -> None:
    found = timeline(begun(), started("a", 1.0), now=5.0)
    assert (found.span_s, found.steps[0].status, found.steps[0].duration_s) == (5.0, "running", 4.0)


def test_a_run_whose_process_died_ends_with_the_last_that_is_known_of_it() -> None:
    events = [begun(), started("a", 0.0), done("a", 2.0), started("b", 2.0, "a")]
    assert timeline(*events, finished(900.0, RunStatus.FAILURE)).ended == 2.0
    assert timeline(*events[:-1], finished(900.0, RunStatus.FAILURE)).ended == 2.0
    # one that was stopped at once by a second signal was there to record its end
    assert timeline(*events, finished(9.0, RunStatus.CANCELED)).ended == 9.0


def test_of_many_steps_the_slowest_the_critical_and_the_failed_lead() -> None:
    events: list[Event] = [begun(1, 103), started("first", 0.0), done("first", 1.0)]
    for number in range(100):
        events += [started(f"s{number}", 1.0 + number), done(f"s{number}", 1.0 + number + (number + 1) / 1000)]
    events += [started("last", 200.0, "first"), done("last", 200.001), started("bad", 201.0)]
    events += [
        StepFailed(run_id="r", timestamp=201.0, step="bad", error=ERROR, duration_s=0.0),
        finished(201.0, RunStatus.FAILURE),
    ]
    assert [step.step for step in timeline(*events).lead(3)] == ["first", "s98", "s99", "last", "bad"]


def test_a_run_without_steps() -> None:
    found = timeline(begun(1, 0), finished(0.0))
    assert (found.steps, found.lanes, found.critical_path, found.efficiency) == ((), (), (), None)
