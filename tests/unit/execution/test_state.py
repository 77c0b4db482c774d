"""The run state machine: events in, commands out."""

import itertools
import random

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import ErrorInfo, SourceRef
from orchestrator.execution.state import CancelStep, Command, DelayRetry, LaunchStep, RunState, SkipStep
from orchestrator.planning.plan import RunPlan, Step, StepInput, StepOutput
from orchestrator.runs.events import (
    AssetMaterialized,
    StepCanceled,
    StepFailed,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import RunStatus, StepStatus

HERE = SourceRef("x.py", 1)


def step(name: str, *upstream: str, required: bool = True) -> Step:
    return Step(
        key=name,
        location="l",
        node=name,
        source=HERE,
        inputs=tuple(StepInput(name=u, key=u, loads=True, in_run=True) for u in upstream),
        outputs=(StepOutput(name="result", key=name, required=required),),
        upstream=upstream,
    )


def plan(*steps: Step) -> RunPlan:
    return RunPlan(steps=steps)


def succeeded(state: RunState, name: str, *, materialize: bool = True) -> list[Command]:
    if materialize:
        state.handle(AssetMaterialized(run_id="r", timestamp=0, step=name, asset=name))
    return state.handle(StepSucceeded(run_id="r", timestamp=0, step=name, duration_s=0))


def failed(state: RunState, name: str) -> list[Command]:
    error = ErrorInfo(type="E", message="m")
    return state.handle(StepFailed(run_id="r", timestamp=0, step=name, error=error, duration_s=0, assets=(name,)))


def retried(state: RunState, name: str, wait_s: float = 0.0) -> list[Command]:
    error = ErrorInfo(type="E", message="m")
    return state.handle(StepUpForRetry(run_id="r", timestamp=0, step=name, error=error, duration_s=0, wait_s=wait_s))


def launched(commands: list[Command]) -> list[str]:
    return [command.step.key for command in commands if isinstance(command, LaunchStep)]


def test_a_chain_runs_one_after_the_other() -> None:
    state = RunState(plan(step("a"), step("b", "a")))
    assert launched(state.start()) == ["a"]
    assert launched(succeeded(state, "a")) == ["b"]
    assert succeeded(state, "b") == []
    assert state.finished
    assert state.run_status is RunStatus.SUCCESS
    assert state.materialized == 2


def test_no_more_than_max_running_are_launched() -> None:
    state = RunState(plan(step("a"), step("b"), step("c")), max_running=2)
    assert launched(state.start()) == ["a", "b"]
    assert launched(succeeded(state, "b")) == ["c"]


def test_a_failure_skips_only_what_is_downstream() -> None:
    state = RunState(plan(step("a"), step("b"), step("c", "a"), step("d", "c"), step("e", "b")))
    state.start()
    commands = failed(state, "a")
    skips = {c.step.key: c.because for c in commands if isinstance(c, SkipStep)}
    assert skips == {"c": ("a",), "d": ("a",)}
    assert launched(commands) == ["b"]
    assert launched(succeeded(state, "b")) == ["e"]
    succeeded(state, "e")
    assert state.run_status is RunStatus.FAILURE
    assert (state.materialized, state.failed, state.skipped) == (2, 1, 2)


def test_fail_fast_skips_the_rest() -> None:
    state = RunState(plan(step("a"), step("b"), step("c")), fail_fast=True)
    state.start()
    commands = failed(state, "a")
    assert [(type(c), c.step.key) for c in commands] == [(SkipStep, "b"), (SkipStep, "c")]
    assert all(isinstance(c, SkipStep) and c.reason == "fail-fast" for c in commands)
    assert state.finished


def test_an_optional_output_that_is_not_produced_skips_what_needs_it() -> None:
    state = RunState(plan(step("a", required=False), step("b", "a"), step("c", "b")))
    state.start()
    commands = succeeded(state, "a", materialize=False)
    assert [(c.step.key, c.because) for c in commands if isinstance(c, SkipStep)] == [("b", ("a",)), ("c", ("a",))]
    assert state.run_status is RunStatus.SUCCESS


def test_cancel_ends_what_was_not_launched() -> None:
    state = RunState(plan(step("a"), step("b", "a"), step("c")))
    state.start()
    assert [(type(c), c.step.key) for c in state.cancel()] == [(CancelStep, "b"), (CancelStep, "c")]
    assert not state.finished
    assert state.handle(StepCanceled(run_id="r", timestamp=0, step="a")) == []
    assert state.finished
    assert state.run_status is RunStatus.CANCELED


def test_a_step_that_is_canceled_cancels_the_run() -> None:
    state = RunState(plan(step("a"), step("b", "a")))
    state.start()
    commands = state.handle(StepCanceled(run_id="r", timestamp=0, step="a"))
    assert [(type(c), c.step.key) for c in commands] == [(CancelStep, "b")]
    assert state.run_status is RunStatus.CANCELED


@st.composite
def layered(draw: st.DrawFn) -> RunPlan:
    steps = []
    for number in range(draw(st.integers(1, 12))):
        upstream = draw(st.sets(st.integers(0, number - 1), max_size=3)) if number else set()
        steps.append(step(f"s{number}", *(f"s{u}" for u in sorted(upstream))))
    return plan(*steps)


@given(layered(), st.integers(1, 4), st.booleans(), st.integers())
def test_every_step_ends_once_and_never_before_its_upstream(
    made: RunPlan, max_running: int, fail_fast: bool, seed: int
) -> None:
    chance = random.Random(seed)
    state = RunState(made, max_running=max_running, fail_fast=fail_fast)
    running: list[Step] = []
    ended: dict[str, StepStatus] = {}

    def take(commands: list[Command]) -> None:
        for command in commands:
            if isinstance(command, LaunchStep):
                assert all(ended[u] is StepStatus.SUCCESS for u in command.step.upstream)
                running.append(command.step)
                assert len(running) <= max_running
            else:
                assert command.step.key not in ended
                ended[command.step.key] = StepStatus.SKIPPED

    take(state.start())
    while running:
        one = running.pop(chance.randrange(len(running)))
        if chance.random() < 0.2:
            ended[one.key] = StepStatus.FAILURE
            take(failed(state, one.key))
        else:
            ended[one.key] = StepStatus.SUCCESS
            take(succeeded(state, one.key))
    assert state.finished
    assert ended == state.status
    assert state.materialized + state.failed + state.skipped == len(made.steps)


@pytest.mark.parametrize("shape", ["chain", "fan"])
def test_ten_thousand_steps_need_no_recursion(shape: str) -> None:
    names = [f"s{n}" for n in range(10_000)]
    if shape == "chain":
        made = plan(step(names[0]), *(step(name, before) for before, name in itertools.pairwise(names)))
    else:
        made = plan(step(names[0]), *(step(name, names[0]) for name in names[1:]))
    state = RunState(made)
    state.start()
    failed(state, names[0])
    assert state.finished
    assert state.skipped == 9_999


def test_what_became_ready_first_is_launched_first() -> None:
    state = RunState(plan(step("a"), step("b"), step("c", "a"), step("d")))
    assert launched(state.start()) == ["a"]
    assert launched(succeeded(state, "a")) == ["b"]
    assert launched(succeeded(state, "b")) == ["d"]
    assert launched(succeeded(state, "d")) == ["c"]


def test_the_most_urgent_is_launched_first() -> None:
    state = RunState(plan(step("a"), msgspec.structs.replace(step("b"), priority=1), step("c")))
    assert launched(state.start()) == ["b"]
    assert launched(succeeded(state, "b")) == ["a"]


def test_a_step_that_is_tried_again_queues_up_behind_the_others() -> None:
    state = RunState(plan(step("a"), step("b")))
    state.start()
    assert launched(retried(state, "a")) == ["b"]
    again = succeeded(state, "b")
    assert again == [LaunchStep(step("a"), attempt=1)]
    succeeded(state, "a")
    assert state.finished
    assert state.run_status is RunStatus.SUCCESS


def test_a_step_that_waits_before_it_is_tried_again_leaves_its_slot_to_others() -> None:
    state = RunState(plan(step("a"), step("b")))
    state.start()
    assert retried(state, "a", 2.0) == [DelayRetry(step("a"), 2.0), LaunchStep(step("b"))]
    assert state.retry_due("a") == []
    assert launched(succeeded(state, "b")) == ["a"]


def test_a_step_that_waits_to_be_tried_again_is_canceled_with_the_run() -> None:
    state = RunState(plan(step("a")))
    state.start()
    retried(state, "a", 2.0)
    assert state.cancel() == [CancelStep(step("a"))]
    assert state.retry_due("a") == []
    assert state.run_status is RunStatus.CANCELED


def test_a_step_that_fails_for_now_after_the_run_was_canceled_is_not_tried_again() -> None:
    state = RunState(plan(step("a")))
    state.start()
    state.cancel()
    assert retried(state, "a") == [CancelStep(step("a"))]
    assert state.finished


def test_a_step_is_skipped_only_once_everything_it_waits_for_has_ended() -> None:
    state = RunState(plan(step("a", required=False), step("b"), step("c", "a", "b")))
    state.start()
    assert launched(succeeded(state, "a", materialize=False)) == ["b"]
    assert succeeded(state, "b") == [SkipStep(step("c", "a", "b"), ("a",), "not produced", ("c",))]


def test_a_failure_outweighs_an_output_that_was_not_produced() -> None:
    state = RunState(plan(step("a", required=False), step("b"), step("c", "a", "b")))
    state.start()
    succeeded(state, "a", materialize=False)
    assert failed(state, "b") == [SkipStep(step("c", "a", "b"), ("b",), "upstream failed", ("c",))]


def test_a_run_that_gives_up_runs_nothing_and_failed() -> None:
    state = RunState(plan(step("a"), step("b", "a")))
    assert [c.step.key for c in state.give_up("no resource")] == ["a", "b"]
    assert state.finished
    assert state.run_status is RunStatus.FAILURE
