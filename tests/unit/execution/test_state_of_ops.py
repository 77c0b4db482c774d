"""The run state machine with values between ops: lists, optional outputs, and steps mapped over dynamic outputs."""

import random

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import ErrorInfo, SourceRef
from orchestrator.execution.state import CancelStep, Command, LaunchStep, RunState, SkipStep
from orchestrator.planning.plan import RunPlan, Step, StepInput, StepOutput, ValueSource
from orchestrator.runs.events import OutputProduced, StepCanceled, StepFailed, StepSucceeded, StepUpForRetry
from orchestrator.runs.records import RunStatus, StepStatus

RESULT = (StepOutput(name="result"),)
OPTIONAL = (StepOutput(name="result", required=False),)
DYNAMIC = (StepOutput(name="result", dynamic=True),)


def op(name: str, *inputs: StepInput, outputs: tuple[StepOutput, ...] = RESULT, over: str = "") -> Step:
    """A step; `over` names the dynamic output it is mapped over, as `step` or `step.output`."""
    step, _, output = over.partition(".")
    return Step(
        key=name,
        location="l",
        node="job",
        path=name,
        in_job=True,
        source=SourceRef("x.py", 1),
        inputs=inputs,
        outputs=outputs,
        upstream=tuple(dict.fromkeys(value.step for one in inputs for value in one.values)),
        mapped_over=step,
        mapped_output=(output or "result") if step else "",
    )


def takes(*sources: str, fan_in: bool = False, collect: bool = False) -> StepInput:
    values = []
    for source in sources:
        step, _, output = source.partition(".")
        values.append(ValueSource(step, output or "result", None, collect))
    return StepInput(name="x", values=tuple(values), fan_in=fan_in, loads=True)


def collects(source: str) -> StepInput:
    return takes(source, collect=True)


class Driver:
    """Plays the executor: what it is told to launch runs until the test ends it."""

    def __init__(self, *steps: Step, max_running: int = 99, fail_fast: bool = False) -> None:
        self.state = RunState(RunPlan(steps=steps), max_running=max_running, fail_fast=fail_fast)
        self.running: dict[str, Step] = {}
        self.skipped: dict[str, tuple[str, ...]] = {}
        self.canceled: list[str] = []
        self.take(self.state.start())

    def take(self, commands: list[Command]) -> list[str]:
        for command in commands:
            key = command.step.key
            match command:
                case LaunchStep():
                    assert key not in self.running
                    self.running[key] = command.step
                case SkipStep():
                    self.skipped[key] = command.because
                case CancelStep():
                    self.canceled.append(key)
                case _:
                    raise AssertionError(command)
        return [command.step.key for command in commands if isinstance(command, LaunchStep)]

    def make(self, name: str, *keys: str, output: str = "result") -> None:
        for key in keys or (None,):
            self.state.handle(OutputProduced(run_id="r", timestamp=0, step=name, output=output, mapping_key=key))

    def end(self, name: str, *keys: str, dynamic: bool = False) -> list[str]:
        """A step ends well, after it made its output, or one value per key; returns what is launched next."""
        if keys or not dynamic:
            self.make(name, *keys)
        return self.end_without(name)

    def end_without(self, name: str) -> list[str]:
        del self.running[name]
        return self.take(self.state.handle(StepSucceeded(run_id="r", timestamp=0, step=name, duration_s=0)))

    def fail(self, name: str) -> list[str]:
        del self.running[name]
        error = ErrorInfo(type="E", message="m")
        return self.take(self.state.handle(StepFailed(run_id="r", timestamp=0, step=name, error=error, duration_s=0)))

    def retry(self, name: str) -> list[str]:
        del self.running[name]
        error = ErrorInfo(type="E", message="m")
        return self.take(
            self.state.handle(StepUpForRetry(run_id="r", timestamp=0, step=name, error=error, duration_s=0))
        )

    def values(self, name: str) -> list[tuple[str, str, str | None]]:
        """What a running step was given."""
        return [(v.step, v.output, v.mapping_key) for one in self.running[name].inputs for v in one.values]


def test_a_mapped_step_runs_once_per_value_and_what_collects_waits_for_all() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC), op("add", takes("numbers"), over="numbers"), op("total", collects("add"))
    )
    assert run.end("numbers", "a", "b") == ["add[a]", "add[b]"]
    assert run.values("add[a]") == [("numbers", "result", "a")]
    assert run.running["add[a]"].mapping_key == "a"
    assert run.end("add[b]") == []
    assert run.end("add[a]") == ["total"]
    assert run.values("total") == [("add[a]", "result", None), ("add[b]", "result", None)]
    assert run.end("total") == []
    assert run.state.finished
    assert run.state.run_status is RunStatus.SUCCESS
    assert list(run.state.status) == ["numbers", "total", "add[a]", "add[b]"]


def test_a_chain_of_mapped_steps_goes_on_copy_by_copy() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("one", takes("numbers"), over="numbers"),
        op("two", takes("one"), over="numbers"),
        op("total", collects("two")),
    )
    run.end("numbers", "a", "b")
    assert run.end("one[b]") == ["two[b]"]
    assert run.values("two[b]") == [("one[b]", "result", None)]
    assert run.running["two[b]"].upstream == ("one[b]",)
    assert run.end("two[b]") == []
    assert run.end("one[a]") == ["two[a]"]
    assert run.end("two[a]") == ["total"]


def test_copies_meet_by_key_and_share_what_is_not_mapped() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("base"),
        op("left", takes("numbers"), over="numbers"),
        op("meet", takes("left"), takes("numbers"), takes("base"), over="numbers"),
    )
    run.end("numbers", "a", "b")
    assert run.end("left[a]") == []
    assert run.end("base") == ["meet[a]"]
    assert run.values("meet[a]") == [
        ("left[a]", "result", None),
        ("numbers", "result", "a"),
        ("base", "result", None),
    ]
    assert run.end("left[b]") == ["meet[b]"]


def test_what_is_not_mapped_may_end_before_the_values_are_known() -> None:
    run = Driver(op("base"), op("numbers", outputs=DYNAMIC), op("add", takes("numbers"), takes("base"), over="numbers"))
    run.end("base")
    assert run.end("numbers", "a") == ["add[a]"]


def test_a_dynamic_output_is_collected_without_a_step_between() -> None:
    run = Driver(op("numbers", outputs=DYNAMIC), op("total", collects("numbers")))
    assert run.end("numbers", "a", "b") == ["total"]
    assert run.values("total") == [("numbers", "result", "a"), ("numbers", "result", "b")]
    assert run.running["total"].inputs[0].fan_in


def test_each_of_two_dynamic_outputs_has_its_own_keys() -> None:
    outputs = (StepOutput(name="xs", dynamic=True), StepOutput(name="ys", dynamic=True), StepOutput(name="n"))
    run = Driver(
        op("both", outputs=outputs),
        op("one", takes("both.xs"), takes("both.n"), over="both.xs"),
        op("two", takes("both.ys"), over="both.ys"),
        op("total", collects("one"), collects("two")),
    )
    run.make("both", "a", "b", output="xs")
    run.make("both", "a", output="ys")
    run.make("both", output="n")
    assert run.end_without("both") == ["one[a]", "one[b]", "two[a]"]
    assert run.values("one[a]") == [("both", "xs", "a"), ("both", "n", None)]
    for name in ("one[a]", "one[b]", "two[a]"):
        run.end(name)
    assert [step for step, _, _ in run.values("total")] == ["one[a]", "one[b]", "two[a]"]


def test_no_values_make_an_empty_list() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("one", takes("numbers"), over="numbers"),
        op("two", takes("one"), over="numbers"),
        op("total", collects("two")),
    )
    assert run.end("numbers", dynamic=True) == ["total"]
    assert run.values("total") == []
    assert run.running["total"].inputs[0].fan_in
    run.end("total")
    assert run.state.finished


def test_no_values_and_nothing_that_collects_end_the_run() -> None:
    run = Driver(op("numbers", outputs=DYNAMIC), op("one", takes("numbers"), over="numbers"))
    assert run.end("numbers", dynamic=True) == []
    assert run.state.finished
    assert run.state.run_status is RunStatus.SUCCESS


def test_an_optional_dynamic_output_without_values_skips_what_collects() -> None:
    run = Driver(
        op("numbers", outputs=(StepOutput(name="result", dynamic=True, required=False),)),
        op("one", takes("numbers"), over="numbers"),
        op("total", collects("one")),
        op("all", collects("numbers")),
    )
    run.end("numbers", dynamic=True)
    assert run.skipped == {"total": ("numbers.result",), "all": ("numbers.result",)}
    assert run.state.finished


def test_a_skipped_source_of_values_skips_what_collects() -> None:
    run = Driver(
        op("first", outputs=OPTIONAL),
        op("numbers", takes("first"), outputs=DYNAMIC),
        op("one", takes("numbers"), over="numbers"),
        op("total", collects("one")),
    )
    run.end_without("first")
    assert run.skipped == {"numbers": ("first.result",), "total": ("first.result",)}
    assert run.state.finished
    assert run.state.run_status is RunStatus.SUCCESS


def test_a_copy_that_makes_nothing_is_left_out_of_the_list() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("odd", takes("numbers"), outputs=OPTIONAL, over="numbers"),
        op("after", takes("odd"), over="numbers"),
        op("total", collects("after")),
    )
    run.end("numbers", "a", "b")
    assert run.end_without("odd[a]") == []
    assert run.skipped == {"after[a]": ("odd[a].result",)}
    run.end("odd[b]")
    assert run.end("after[b]") == ["total"]
    assert run.values("total") == [("after[b]", "result", None)]


def test_what_collects_is_skipped_if_every_copy_was() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("odd", takes("numbers"), outputs=OPTIONAL, over="numbers"),
        op("total", collects("odd")),
        op("end", takes("total")),
    )
    run.end("numbers", "a", "b")
    run.end_without("odd[a]")
    run.end_without("odd[b]")
    assert list(run.skipped) == ["total", "end"]
    assert run.state.finished


def test_a_copy_that_fails_keeps_what_collects_from_running_and_no_other_copy() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("one", takes("numbers"), over="numbers"),
        op("two", takes("one"), over="numbers"),
        op("total", collects("two")),
    )
    run.end("numbers", "a", "b")
    assert run.fail("one[a]") == []
    assert run.skipped == {"two[a]": ("one[a]",), "total": ("one[a]",)}
    assert run.end("one[b]") == ["two[b]"]
    run.end("two[b]")
    assert run.state.finished
    assert run.state.run_status is RunStatus.FAILURE


def test_a_source_that_fails_skips_the_mapped_step_as_one() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC), op("one", takes("numbers"), over="numbers"), op("total", collects("one"))
    )
    run.make("numbers", "a")
    run.fail("numbers")
    assert run.skipped == {"one": ("numbers",), "total": ("numbers",)}
    assert run.state.finished


def test_another_input_that_fails_first_leaves_nothing_to_copy() -> None:
    run = Driver(
        op("base"),
        op("numbers", outputs=DYNAMIC),
        op("one", takes("numbers"), takes("base"), over="numbers"),
        op("two", takes("one"), over="numbers"),
        op("total", collects("two")),
    )
    run.fail("base")
    assert list(run.skipped) == ["one", "two", "total"]
    assert run.end("numbers", "a", "b") == []
    assert run.state.finished


def test_another_input_that_fails_afterwards_skips_every_copy() -> None:
    run = Driver(op("base"), op("numbers", outputs=DYNAMIC), op("one", takes("numbers"), takes("base"), over="numbers"))
    run.end("numbers", "a", "b")
    run.fail("base")
    assert run.skipped == {"one[a]": ("base",), "one[b]": ("base",)}
    assert run.state.finished


def test_what_a_failed_attempt_made_does_not_count() -> None:
    run = Driver(op("numbers", outputs=DYNAMIC), op("one", takes("numbers"), over="numbers"))
    run.make("numbers", "a", "b")
    assert run.retry("numbers") == ["numbers"]
    assert run.end("numbers", "b", "c") == ["one[b]", "one[c]"]


def test_a_copy_is_tried_again_behind_the_others() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("one", takes("numbers"), over="numbers"),
        op("total", collects("one")),
        max_running=1,
    )
    run.end("numbers", "a", "b")
    assert run.retry("one[a]") == ["one[b]"]
    assert run.end("one[b]") == ["one[a]"]
    assert run.end("one[a]") == ["total"]


def test_cancel_ends_templates_and_copies() -> None:
    run = Driver(
        op("numbers", outputs=DYNAMIC),
        op("one", takes("numbers"), over="numbers"),
        op("total", collects("one")),
        op("more", outputs=DYNAMIC),
        op("two", takes("more"), over="more"),
        max_running=2,
    )
    run.end("numbers", "a", "b")
    run.take(run.state.cancel())
    assert sorted(run.canceled) == ["one[b]", "total", "two"]
    assert run.end("more", "x") == []
    run.take(run.state.handle(StepCanceled(run_id="r", timestamp=0, step="one[a]")))
    assert run.state.finished
    assert run.state.run_status is RunStatus.CANCELED


def test_a_list_goes_on_without_what_was_not_produced() -> None:
    run = Driver(
        op("a", outputs=OPTIONAL),
        op("b"),
        op("both", takes("a", "b", fan_in=True)),
        op("none", takes("a", fan_in=True)),
    )
    run.end_without("a")
    assert run.skipped == {"none": ("a.result",)}
    assert run.end("b") == ["both"]
    assert run.values("both") == [("b", "result", None)]


def test_one_missing_value_beside_a_list_skips_the_step() -> None:
    run = Driver(op("numbers", outputs=DYNAMIC), op("a", outputs=OPTIONAL), op("join", collects("numbers"), takes("a")))
    run.end_without("a")
    assert run.skipped == {}
    run.end("numbers", "k")
    assert run.skipped == {"join": ("a.result",)}


@st.composite
def dynamic_plans(draw: st.DrawFn) -> tuple[Step, ...]:
    """Steps that take values of earlier ones, mapped over at most one dynamic output each."""
    steps: list[Step] = []
    over: dict[str, str] = {}
    for number in range(draw(st.integers(1, 9))):
        name = f"s{number}"
        chosen = draw(st.lists(st.sampled_from(steps), max_size=3, unique_by=lambda one: one.key)) if steps else []
        mapped, inputs, collected = "", [], False
        for source in chosen:
            dynamic = source.outputs[0].dynamic
            outer = source.key if dynamic else over[source.key]
            if outer and mapped in ("", outer) and not collected and draw(st.booleans()):
                mapped = outer
                inputs.append(takes(source.key))
            elif outer and not mapped:
                collected = True
                inputs.append(collects(source.key))
            elif not outer:
                inputs.append(takes(source.key, fan_in=draw(st.booleans())))
        required = draw(st.booleans())
        dynamic = not mapped and draw(st.booleans())
        made = (StepOutput(name="result", required=required, dynamic=dynamic),)
        steps.append(op(name, *inputs, outputs=made, over=mapped))
        over[name] = mapped
    return tuple(steps)


@given(dynamic_plans(), st.integers(1, 3), st.booleans(), st.booleans(), st.integers())
def test_every_step_ends_exactly_once(
    steps: tuple[Step, ...], max_running: int, fail_fast: bool, cancels: bool, seed: int
) -> None:
    chance = random.Random(seed)
    run = Driver(*steps, max_running=max_running, fail_fast=fail_fast)
    ended: dict[str, StepStatus] = {}
    tried: set[str] = set()

    def check_running() -> None:
        assert len(run.running) <= max_running
        for name, step in run.running.items():
            assert name not in ended
            for one in step.inputs:
                assert all(ended[value.step] is StepStatus.SUCCESS for value in one.values)

    while run.running:
        check_running()
        name = chance.choice(list(run.running))
        output = run.running[name].outputs[0]
        what = chance.random()
        if cancels and what < 0.05:
            run.take(run.state.cancel())
        elif what < 0.15:
            ended[name] = StepStatus.FAILURE
            run.fail(name)
        elif what < 0.25 and name not in tried:
            tried.add(name)
            run.make(name, *(["x", "y"] if output.dynamic else []))
            run.retry(name)
        else:
            ended[name] = StepStatus.SUCCESS
            keys = [f"k{number}" for number in range(chance.randrange(3))] if output.dynamic else []
            if output.required or chance.random() < 0.7:
                run.end(name, *keys, dynamic=output.dynamic)
            else:
                run.end_without(name)
    assert run.state.finished
    assert not ended.keys() & run.skipped.keys()
    ended |= dict.fromkeys(run.skipped, StepStatus.SKIPPED) | dict.fromkeys(run.canceled, StepStatus.CANCELED)
    assert ended == run.state.status
