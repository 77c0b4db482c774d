"""Runs that go on where others stopped: whatever failed or was cut off, every step ends well exactly once."""

import random
from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.errors import ErrorInfo, PlanError, UnknownStepError
from orchestrator.execution.state import CancelStep, Command, LaunchStep, RunState, SkipStep
from orchestrator.planning.plan import RunPlan, Step, StepInput, StepOutput
from orchestrator.planning.retry import plan_retry
from orchestrator.planning.wiring import wiring_of
from orchestrator.runs.events import (
    AssetMaterialized,
    Event,
    OutputProduced,
    RunStarted,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.past import Past, RetryStrategy, past_of
from orchestrator.runs.records import RunStatus, StepStatus
from tests.unit.execution.test_state_of_ops import DYNAMIC, OPTIONAL, collects, dynamic_plans, op, takes

ERROR = ErrorInfo(type="E", message="m")
FAILED = RetryStrategy.FROM_FAILURE

#: Run, step, output, mapping key.
Place = tuple[str, str, str, str | None]


class World:
    """Where steps store what they make; what a step makes depends on nothing but its name and its inputs."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.values: dict[Place, str] = {}
        self.runs: list[list[Event]] = []

    def outputs(self, step: Step) -> list[tuple[StepOutput, str | None]]:
        """What a step makes: each output, with a mapping key if it is dynamic."""
        chance = random.Random(f"{self.seed} {step.key}")
        made: list[tuple[StepOutput, str | None]] = []
        for output in step.outputs:
            if output.dynamic:
                made += [(output, f"k{number}") for number in range(chance.randrange(4))]
            elif output.required or chance.random() < 0.6:
                made.append((output, None))
        return made

    def load(self, run_id: str, step: Step) -> str:
        taken = (value for one in step.inputs for value in one.values)
        return ",".join(self.values[one.run_id or run_id, one.step, one.output, one.mapping_key] for one in taken)

    def final(self) -> dict[tuple[str, str, str | None], str]:
        """What steps stored, whatever run they did it in."""
        return {place[1:]: value for place, value in self.values.items()}


class Play:
    """One run, driven as the coordinator drives it; its events go to the store until the process is killed."""

    def __init__(self, world: World, plan: RunPlan, chance: random.Random, *, trouble: bool, cut: int | None) -> None:
        self.world, self.chance, self.trouble, self.cut = world, chance, trouble, cut
        self.run_id = f"r{len(world.runs)}"
        self.state = RunState(plan, max_running=chance.randint(1, 3), fail_fast=trouble and chance.random() < 0.3)
        self.events: list[Event] = []
        self.running: dict[str, Step] = {}
        self.launched: Counter[str] = Counter()
        world.runs.append(self.events)
        self.events.append(
            RunStarted(
                **self.said(),
                parent_run_id=plan.parent_run_id,
                root_run_id=plan.root_run_id,
                retry=plan.retry,
                wiring=wiring_of(plan),
            )
        )
        self.carry_out(self.state.start())
        while self.running and not self.killed:
            self.go_on(self.running[self.chance.choice(sorted(self.running))])

    @property
    def killed(self) -> bool:
        return self.cut is not None and len(self.events) >= self.cut

    def said(self, step: str | None = None) -> dict[str, object]:
        return {"run_id": self.run_id, "timestamp": 0.0, **({} if step is None else {"step": step})}

    def record(self, event: Event) -> list[Command]:
        if not self.killed:
            self.events.append(event)
        return self.state.handle(event)

    def carry_out(self, commands: list[Command]) -> None:
        for command in commands:
            key = command.step.key
            match command:
                case LaunchStep():
                    self.running[key] = command.step
                    self.launched[key] += 1
                case SkipStep():
                    event = StepSkipped(**self.said(key), because=command.because, reason=command.reason)
                    if not self.killed:
                        self.events.append(event)
                case CancelStep():
                    if not self.killed:
                        self.events.append(StepCanceled(**self.said(key)))
                case _:
                    raise AssertionError(command)

    def go_on(self, step: Step) -> None:
        key = step.key
        self.record(StepStarted(**self.said(key)))
        taken = self.world.load(self.run_id, step)
        what = self.chance.random() if self.trouble else 1.0
        for output, mapping_key in self.world.outputs(step):
            if what < 0.3 and self.chance.random() < 0.5:
                break  # it fails before it has made everything
            self.world.values[self.run_id, key, output.name, mapping_key] = f"{key}({taken}){mapping_key}"
            if output.key:
                self.record(AssetMaterialized(**self.said(key), asset=output.key, output=output.name, stored=True))
            else:
                self.record(OutputProduced(**self.said(key), output=output.name, mapping_key=mapping_key, stored=True))
        del self.running[key]
        if what < 0.2:
            self.carry_out(self.record(StepFailed(**self.said(key), error=ERROR, duration_s=0, assets=step.assets)))
        elif what < 0.3:
            self.carry_out(self.record(StepUpForRetry(**self.said(key), error=ERROR, duration_s=0)))
        elif what < 0.35:
            self.carry_out(self.record(StepCanceled(**self.said(key))))
        else:
            self.carry_out(self.record(StepSucceeded(**self.said(key), duration_s=1)))


def successes(events: list[Event]) -> list[str]:
    return [event.step for event in events if isinstance(event, StepSucceeded)]


def past(world: World) -> Past:
    return past_of(world.runs)


def played(plan: RunPlan, world: World, **how: object) -> Play:
    return Play(world, plan, random.Random(0), **{"trouble": False, "cut": None, **how})  # type: ignore[arg-type]


@st.composite
def plans_with_assets(draw: st.DrawFn) -> RunPlan:
    """Steps as of a job, some of whose outputs are assets."""
    steps = []
    for step in draw(dynamic_plans()):
        output = step.outputs[0]
        if not output.dynamic and not step.mapped_over and draw(st.booleans()):
            output = msgspec.structs.replace(output, key=f"asset_{step.key}")
        steps.append(msgspec.structs.replace(step, outputs=(output,)))
    return RunPlan(steps=tuple(steps))


@settings(deadline=None)
@given(plans_with_assets(), st.integers(), st.lists(st.integers(1, 60), min_size=1, max_size=4))
def test_a_run_and_its_retries_do_what_one_run_does_and_nothing_twice(
    plan: RunPlan, seed: int, cuts: list[int]
) -> None:
    whole = World(seed)
    in_one = played(plan, whole)
    world = World(seed)
    next_plan = plan
    for number, cut in enumerate(cuts):
        Play(world, next_plan, random.Random(seed + number), trouble=True, cut=cut)
        before = past(world)
        assert before.done.keys() == {key for events in world.runs for key in successes(events)}
        next_plan = plan_retry(plan, before, FAILED)
    last = Play(world, next_plan, random.Random(seed), trouble=False, cut=None)
    assert last.state.finished
    assert last.state.run_status is RunStatus.SUCCESS
    assert last.state.status == in_one.state.status
    assert Counter(successes([event for events in world.runs for event in events])) == Counter(successes(whole.runs[0]))
    for key, one in past(world).done.items():
        for (run_id, step, output, mapping_key), value in world.values.items():
            if step == key and run_id == one.run_id:
                assert whole.final()[step, output, mapping_key] == value
    assert last.launched.keys() <= set(successes(last.events))
    planned = {key for key in next_plan.to_run if key in last.state.status}
    assert last.launched.keys() - planned <= {key for key in last.state.status if "[" in key}
    # everything is done: nothing is left to do
    assert not [
        key for key in plan_retry(plan, past(world), FAILED).to_run if last.state.status.get(key) is StepStatus.SUCCESS
    ]


CHAIN = RunPlan(steps=(op("a"), op("b", takes("a")), op("c", takes("b"))))


def stopped(plan: RunPlan, *done: str) -> World:
    """A run that was killed when these steps were done."""
    world = World(1)
    run = Play(world, plan, random.Random(0), trouble=False, cut=1)
    while set(run.running) & set(done):
        run.cut = None
        run.go_on(run.running[min(set(run.running) & set(done))])
    run.cut = 1
    return world


def test_a_done_step_is_in_no_command_and_its_value_comes_from_the_run_that_made_it() -> None:
    world = stopped(CHAIN, "a")
    retry = plan_retry(CHAIN, past(world), FAILED)
    assert (retry.parent_run_id, retry.root_run_id, retry.retry) == ("r0", "r0", "from_failure")
    assert retry.to_run == ["b", "c"]
    (launch,) = RunState(retry).start()
    assert launch.step.key == "b"
    assert launch.step.inputs[0].values[0].run_id == "r0"


def test_a_chain_of_retries_loads_each_value_from_its_own_run() -> None:
    world = stopped(CHAIN, "a")
    second = played(plan_retry(CHAIN, past(world), FAILED), world, cut=5)
    assert successes(second.events) == ["b"]
    third = plan_retry(CHAIN, past(world), FAILED)
    assert (third.parent_run_id, third.root_run_id) == ("r1", "r0")
    (launch,) = RunState(third).start()
    assert launch.step.inputs[0].values[0].run_id == "r1"


def test_copies_that_are_left_are_run_and_all_are_collected() -> None:
    plan = RunPlan(
        steps=(op("n", outputs=DYNAMIC), op("add", takes("n"), over="n"), op("sum", collects("add"), collects("n")))
    )
    world = next(world for world in map(World, range(99)) if len(world.outputs(plan.steps[0])) == 3)
    run = Play(world, plan, random.Random(0), trouble=False, cut=None)
    cut = next(
        number for number, event in enumerate(run.events) if isinstance(event, StepSucceeded) and "k" in event.step
    )
    done = successes(run.events[: cut + 1])[1:]
    del run.events[cut + 1 :]
    retry = plan_retry(plan, past(world), FAILED)
    assert retry.to_run == [*sorted({"add[k0]", "add[k1]", "add[k2]"} - set(done)), "sum"]
    again = Play(world, retry, random.Random(0), trouble=False, cut=None)
    assert len(again.launched) == 3
    assert again.state.run_status is RunStatus.SUCCESS


def test_a_skip_for_what_was_not_produced_is_decided_again() -> None:
    plan = RunPlan(steps=(op("maybe", outputs=OPTIONAL), op("after", takes("maybe")), op("other")))
    world = next(world for world in map(World, range(99)) if not world.outputs(plan.steps[0]))
    run = Play(world, plan, random.Random(0), trouble=False, cut=None)
    del run.events[1:]
    run.events += [StepStarted(**run.said("maybe")), StepSucceeded(**run.said("maybe"), duration_s=0)]
    state = RunState(plan_retry(plan, past(world), FAILED))
    assert [(type(one), one.step.key) for one in state.start()] == [(SkipStep, "after"), (LaunchStep, "other")]


def test_a_run_that_is_given_up_at_once_says_what_follows_from_what_is_done() -> None:
    plan = RunPlan(steps=(op("maybe", outputs=OPTIONAL), op("after", takes("maybe")), op("other")))
    world = next(world for world in map(World, range(99)) if not world.outputs(plan.steps[0]))
    run = Play(world, plan, random.Random(0), trouble=False, cut=None)
    run.events[1:] = [StepStarted(**run.said("maybe")), StepSucceeded(**run.said("maybe"), duration_s=0)]
    retry = plan_retry(plan, past(world), FAILED)
    for commands in (RunState(retry).give_up("no"), RunState(retry).cancel()):
        assert [one.step.key for one in commands] == ["after", "other"]


def test_assets_of_an_earlier_run_are_not_counted() -> None:
    asset = StepOutput(name="result", key="x")
    plan = RunPlan(
        steps=(op("a", outputs=(asset,)), op("b", takes("a"), outputs=(StepOutput(name="result", key="y"),)))
    )
    world = stopped(plan, "a")
    retry = plan_retry(plan, past(world), FAILED)
    assert retry.assets == ("y",)
    assert played(retry, world).state.materialized == 1


def test_everything_is_run_again_if_that_is_asked_for() -> None:
    world = stopped(CHAIN, "a")
    retry = plan_retry(CHAIN, past(world), RetryStrategy.ALL)
    assert retry.to_run == ["a", "b", "c"]
    assert retry.retry == "all"
    played(retry, world, cut=4)
    assert list(past_of(world.runs[1:]).done) == ["a"]


def test_selected_steps_run_with_the_values_that_are_there() -> None:
    world = World(1)
    played(CHAIN, world)
    retry = plan_retry(CHAIN, past(world), RetryStrategy.SELECT, selected=["b"])
    assert retry.to_run == ["b"]
    assert successes(played(retry, world).events) == ["b"]
    done = past(world).done
    assert {key: one.run_id for key, one in done.items()} == {"a": "r0", "b": "r1", "c": "r0"}
    assert plan_retry(CHAIN, past(world), FAILED).to_run == []


def test_a_retry_of_selected_steps_goes_on_with_those() -> None:
    world = World(1)
    played(CHAIN, world)
    played(plan_retry(CHAIN, past(world), RetryStrategy.SELECT, selected=["a", "c"]), world, cut=1)
    assert plan_retry(CHAIN, past(world), FAILED).to_run == ["a", "c"]


def test_a_selection_that_needs_what_is_not_there_is_refused() -> None:
    world = stopped(CHAIN, "a")
    with pytest.raises(PlanError, match="`c` needs `b`, which is not done in run r0 and not selected"):
        plan_retry(CHAIN, past(world), RetryStrategy.SELECT, selected=["c"])
    with pytest.raises(UnknownStepError, match="the run has no step `d`"):
        plan_retry(CHAIN, past(world), RetryStrategy.SELECT, selected=["d"])


def test_what_is_mapped_over_a_selected_step_is_run_too() -> None:
    plan = RunPlan(
        steps=(op("n", outputs=DYNAMIC), op("add", takes("n"), over="n"), op("sum", collects("add"), collects("n")))
    )
    world = World(3)
    played(plan, world)
    retry = plan_retry(plan, past(world), RetryStrategy.SELECT, selected=["n", "sum"])
    assert retry.to_run == ["n", "add", "sum"]


def test_a_retry_is_refused_where_a_done_step_is_wired_otherwise() -> None:
    plan = RunPlan(steps=(op("z"), *CHAIN.steps))
    world = stopped(plan, "a", "b", "z")
    changed = RunPlan(steps=(op("z"), op("a"), op("b", takes("z")), op("c", takes("b"))))
    with pytest.raises(PlanError) as raised:
        plan_retry(changed, past(world), FAILED)
    assert raised.value.message == (
        "step `b` is done in run r0, and its inputs or outputs changed since; now it takes `x` from `z` and makes `result`"
    )
    assert "--all" in (raised.value.hint or "")
    made = RunPlan(steps=(op("z"), op("a", outputs=DYNAMIC), *CHAIN.steps[1:]))
    with pytest.raises(PlanError, match="step `a` is done"):
        plan_retry(made, past(world), FAILED)


def test_a_retry_is_refused_where_a_step_to_run_is_gone_and_a_done_one_may_go() -> None:
    world = stopped(CHAIN, "a", "b")
    with pytest.raises(PlanError, match="`c`: a step that is to run again, and no longer defined"):
        plan_retry(RunPlan(steps=(op("a"), op("b", takes("a")))), past(world), FAILED)
    # `b` took its place between; `a` was done and is needed no more
    retry = plan_retry(
        RunPlan(steps=(op("b"), op("c", takes("b")))),
        past(stopped(RunPlan(steps=(op("b"), op("c", takes("b")), op("a"))), "a", "b")),
        FAILED,
    )
    assert retry.to_run == ["c"]


def test_steps_that_are_new_are_run_if_what_is_left_needs_them() -> None:
    world = stopped(CHAIN, "a")
    mended = RunPlan(steps=(op("a"), op("clean", takes("a")), op("b", takes("clean")), op("c", takes("b")), op("d")))
    assert plan_retry(mended, past(world), FAILED).to_run == ["clean", "b", "c"]


VOLATILE = (StepOutput(name="result", in_memory=True),)


def test_what_is_needed_and_was_in_memory_only_is_run_again() -> None:
    plan = RunPlan(
        steps=(
            op("z"),
            op("a", takes("z"), outputs=VOLATILE),
            op("b", takes("a"), outputs=VOLATILE),
            op("c", takes("b")),
            op("unneeded", takes("z"), outputs=VOLATILE),
        )
    )
    world = stopped(plan, "z", "a", "b", "unneeded")
    retry = plan_retry(plan, past(world), FAILED)
    assert retry.to_run == ["a", "b", "c"]
    assert set(retry.done) == {"z", "unneeded"}
    assert sorted(retry.notes) == [f"`{key}` is run again: its value is needed, and gone" for key in "ab"]
    assert played(retry, world).state.run_status is RunStatus.SUCCESS


def test_what_is_mapped_over_values_that_are_gone_is_run_again() -> None:
    dynamic = (StepOutput(name="result", dynamic=True, in_memory=True),)
    plan = RunPlan(steps=(op("n", outputs=dynamic), op("add", takes("n"), over="n"), op("sum", collects("add"))))
    world = next(world for world in map(World, range(99)) if len(world.outputs(plan.steps[0])) == 3)
    run = Play(world, plan, random.Random(0), trouble=False, cut=None)
    cut = [number for number, event in enumerate(run.events) if isinstance(event, StepSucceeded)]
    del run.events[cut[1] + 1 :]  # one copy is done
    assert plan_retry(plan, past(world), FAILED).to_run == ["n", "add", "sum"]
    run.events[cut[1] + 1 :] = Play(world, plan, random.Random(0), trouble=False, cut=None).events[
        cut[1] + 1 : cut[3] + 1
    ]
    world.runs[1:] = []
    run.events[1:] = [msgspec.structs.replace(event, run_id="r0") for event in run.events[1:]]
    assert plan_retry(plan, past(world), FAILED).to_run == ["sum"]


def test_an_asset_whose_value_is_gone_is_made_again_if_it_is_needed() -> None:
    assets = {key: (StepOutput(name="result", key=key),) for key in "xyz"}
    plan = RunPlan(
        steps=(
            op("a", outputs=assets["x"]),
            op("b", StepInput(name="x", key="x", loads=True, in_run=True), outputs=assets["y"]),
            op("c", StepInput(name="y", key="y", loads=True, in_run=True), outputs=assets["z"]),
        )
    )
    upstream = {"a": (), "b": ("a",), "c": ("b",)}
    steps = tuple(msgspec.structs.replace(step, upstream=upstream[step.key]) for step in plan.steps)
    plan = RunPlan(steps=steps)
    world = stopped(plan, "a", "b")
    assert plan_retry(plan, past(world), FAILED, lost={"x"}).to_run == ["c"]
    assert plan_retry(plan, past(world), FAILED, lost={"y"}).to_run == ["b", "c"]
    assert plan_retry(plan, past(world), FAILED, lost={"x", "y"}).to_run == ["a", "b", "c"]
