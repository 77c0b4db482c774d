"""When a run will end, from how long its steps took before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import ErrorInfo, SourceRef
from orchestrator.planning.plan import RunPlan, Step, StepOutput
from orchestrator.reports.critical_path import critical_path
from orchestrator.reports.forecast import Forecast, TimeLeft, earlier_seconds, finish_of
from orchestrator.reports.progress import Progress
from orchestrator.runs.events import (
    Event,
    OutputProduced,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.past import DoneStep

from .runs import graphs, played

Graph = tuple[dict[str, float], dict[str, tuple[str, ...]]]
ERROR = ErrorInfo(type="ValueError", message="no")
SOURCE = SourceRef("a.py", 1)


def step(key: str, *upstream: str, over: str = "", asset: str = "") -> Step:
    return Step(
        key=key,
        location="here",
        node=key,
        source=SOURCE,
        upstream=upstream,
        mapped_over=over,
        mapped_output="result" if over else "",
        outputs=(StepOutput(name="result", key=asset),),
    )


def plan(*steps: Step) -> RunPlan:
    return RunPlan(steps=steps)


def started(key: str) -> StepStarted:
    return StepStarted(run_id="r", timestamp=0.0, step=key, location="here", worker="w1", pid=3)


def done(key: str, took: float = 1.0) -> StepSucceeded:
    return StepSucceeded(run_id="r", timestamp=0.0, step=key, duration_s=took)


def seen(of: RunPlan, *events: Event) -> Progress:
    progress = Progress(of)
    for event in events:
        progress.see(event, 0.0)
    return progress


def retry(key: str) -> StepUpForRetry:
    return StepUpForRetry(run_id="r", timestamp=0.0, step=key, error=ERROR, duration_s=1.0)


@given(graphs(), st.integers(1, 5))
def test_the_finish_is_what_a_run_on_so_many_workers_comes_to(graph: Graph, workers: int) -> None:
    seconds, upstream = graph
    finish = finish_of(upstream, seconds, {}, workers)
    chain = sum(seconds[one] for one in critical_path(seconds, upstream))
    work = sum(seconds.values())
    assert max(chain, work / workers) <= finish <= chain + (work - chain) / workers  # Graham's bound
    if workers == 1:
        assert finish == work
    if workers >= len(seconds):
        assert finish == chain
        assert finish == (played(seconds, upstream, workers)[-1].timestamp - 100.0)


@given(graphs(), st.integers(1, 4), st.data())
def test_a_forecast_at_any_moment_of_a_run_is_between_the_bounds(
    graph: Graph, workers: int, data: st.DataObject
) -> None:
    seconds, upstream = graph
    events = played(seconds, upstream, workers)
    progress = Progress(plan(*(step(one, *names) for one, names in upstream.items())))
    cut = data.draw(st.integers(1, len(events)))
    for event in events[:cut]:
        progress.see(event, event.timestamp)
    now = events[cut - 1].timestamp
    found = Forecast(progress, seconds, workers).left(now)
    if not progress.pending:
        assert found is None
        return
    assert found is not None
    assert found.whole
    left = {
        one: took - (now - progress.running[one].since if one in progress.running else 0.0)
        for one, took in seconds.items()
        if one in progress.pending
    }
    chain = sum(left[one] for one in critical_path(left, upstream))
    assert max(chain, sum(left.values()) / workers) <= found.seconds <= chain + (sum(left.values()) - chain) / workers


def test_steps_of_which_nothing_is_known_count_nothing() -> None:
    progress = seen(plan(step("a"), step("b", "a"), step("c", "b")), started("a"))
    assert Forecast(progress, {}).left(0.0) is None
    assert Forecast(progress, {"a": 3.0, "c": 2.0}).left(1.0) == TimeLeft(4.0, whole=False)


def test_a_step_that_takes_longer_than_before_is_expected_to_end_at_once() -> None:
    progress = seen(plan(step("a"), step("b", "a")), started("a"))
    assert Forecast(progress, {"a": 1.0, "b": 2.0}).left(9.0) == TimeLeft(2.0, whole=True)


def test_copies_are_expected_to_take_what_those_that_ended_took() -> None:
    mapped = plan(
        step("many"), step("each", "many", over="many"), step("then", "each", over="many"), step("all", "then")
    )
    events: list[Event] = [started("many")]
    events += [
        OutputProduced(run_id="r", timestamp=0.0, step="many", output="result", mapping_key=key) for key in "xyxz"
    ]
    progress = seen(mapped, *events)
    assert (progress.total, progress.done) == (4, 0)
    earlier = {"each": 10.0, "then": 0.5, "all": 1.0}
    assert Forecast(progress, earlier, 2).left(0.0) == TimeLeft(11.5, whole=False)
    progress.see(done("many"), 0.0)
    assert (progress.total, progress.done) == (8, 1)
    assert progress.pending["then[y]"] == ("each[y]",)
    # three copies on two workers: x and y take 10, then z while x and y are finished, then the rest
    assert Forecast(progress, earlier, 2).left(0.0) == TimeLeft(21.5, whole=True)
    progress.see(started("each[x]"), 0.0)
    progress.see(done("each[x]", took=4.0), 0.0)
    assert Forecast(progress, {"all": 1.0, "then": 0.0}, 1).left(0.0) == TimeLeft(9.0, whole=True)


def test_a_step_that_is_tried_again_makes_its_copies_again() -> None:
    mapped = plan(step("many"), step("each", "many", over="many"))
    old = OutputProduced(run_id="r", timestamp=0.0, step="many", output="result", mapping_key="old")
    new = OutputProduced(run_id="r", timestamp=0.0, step="many", output="result", mapping_key="new")
    progress = seen(mapped, started("many"), old, retry("many"))
    assert (list(progress.running), list(progress.retrying)) == ([], ["many"])
    for event in (started("many"), new, done("many")):
        progress.see(event, 0.0)
    assert (list(progress.pending), list(progress.retrying)) == (["each[new]"], [])


def test_no_values_no_copies() -> None:
    progress = seen(
        plan(step("many"), step("each", "many", over="many"), step("all", "each")), started("many"), done("many")
    )
    assert (progress.total, progress.done, list(progress.pending)) == (2, 1, ["all"])
    assert Forecast(progress, {"all": 2.0}).left(0.0) == TimeLeft(2.0, whole=True)


def test_every_end_counts() -> None:
    progress = seen(
        plan(step("a"), step("b"), step("c", "b"), step("d")),
        started("a"),
        done("a"),
        started("b"),
        StepFailed(run_id="r", timestamp=0.0, step="b", error=ERROR, duration_s=0.0),
        StepSkipped(run_id="r", timestamp=0.0, step="c", because=("b",)),
        StepCanceled(run_id="r", timestamp=0.0, step="d"),
    )
    assert (progress.done, progress.failed, progress.total, progress.pending, progress.running) == (4, 1, 4, {}, {})


def test_earlier_times_come_from_assets_and_from_the_last_run_of_the_job() -> None:
    steps = plan(step("a", asset="x"), step("each", "a", over="a"), step("new"))
    found = earlier_seconds(steps, {"x": 3.0}, [done("a", 9.0), done("each[1]", 1.0), done("each[2]", 2.0)])
    assert found == {"a": 3.0, "each": 1.5, "each[1]": 1.0, "each[2]": 2.0}


@pytest.mark.parametrize("workers", [1, 8])
def test_ten_thousand_steps_take_a_moment(workers: int) -> None:
    names = [f"s{number}" for number in range(10_000)]
    upstream = {name: tuple(names[max(0, place - 3) : place]) if place % 7 else () for place, name in enumerate(names)}
    assert finish_of(upstream, dict.fromkeys(names, 1.0), {}, workers) >= 10_000 / workers


def test_what_an_earlier_run_did_is_not_counted() -> None:
    steps = (step("n"), step("add", "n", over="n"), step("sum", "add"), step("other"))
    many = DoneStep(step="n", run_id="r", outputs=(("result", "a"), ("result", "b")))
    done = {"n": many, "add[a]": DoneStep(step="add[a]", run_id="r"), "other": DoneStep(step="other", run_id="r")}
    progress = Progress(RunPlan(steps=steps, done=done))
    assert (progress.total, progress.done) == (2, 0)
    assert progress.pending == {"add[b]": ("n",), "sum": ("add",)}
    left = Forecast(progress, {"n": 50.0, "add": 2.0, "sum": 3.0, "other": 50.0}, 1).left(0.0)
    assert left is not None
    assert left.seconds == 5.0
