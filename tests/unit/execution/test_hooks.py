"""Hooks: when they are called, with what, and how a test calls them."""

from typing import Any

import pytest

import orchestrator as dg
from orchestrator.definitions.hooks import event_list_hook
from orchestrator.errors import (
    ContextError,
    DefinitionError,
    HookError,
    InvariantError,
    InvocationError,
    MissingResourceError,
    UnknownResourceError,
)
from orchestrator.runs.events import HookEnded


@dg.success_hook
def tell(context: dg.HookContext) -> str:
    return f"told {context.job_name}"


@dg.failure_hook(name="renamed", required_resource_keys={"sink"})
def complain(context: dg.HookContext) -> None:
    context.resources.sink.append(context.op_exception)


def test_what_the_decorators_make() -> None:
    assert isinstance(tell, dg.HookDefinition)
    assert (tell.name, tell.required_resource_keys) == ("tell", frozenset())
    assert (complain.name, complain.required_resource_keys) == ("renamed", frozenset({"sink"}))


@pytest.mark.parametrize("succeeded", [True, False])
def test_a_hook_runs_after_its_kind_of_end_only(succeeded: bool) -> None:
    called: list[str] = []
    success = dg.success_hook(name="s")(lambda context: called.append("s"))
    failure = dg.failure_hook(name="f")(lambda context: called.append("f"))
    context = dg.build_hook_context()
    assert success.run(context, [], succeeded=succeeded) == dg.HookExecutionResult("s", is_skipped=not succeeded)
    assert failure.run(context, [], succeeded=succeeded) == dg.HookExecutionResult("f", is_skipped=succeeded)
    assert called == (["s"] if succeeded else ["f"])


def test_a_hook_that_raises() -> None:
    def bad(context: object) -> None:
        raise ZeroDivisionError

    with pytest.raises(HookError, match="hook `bad` raised ZeroDivisionError") as caught:
        dg.success_hook(bad).run(None, [], succeeded=True)
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_hook_of_all_events() -> None:
    @event_list_hook
    def count(context: dg.HookContext, event_list: list[str]) -> dg.HookExecutionResult:
        return dg.HookExecutionResult(f"count {len(event_list)}", is_skipped=not event_list)

    for succeeded in (True, False):
        assert count.run(None, ["a"], succeeded=succeeded) == dg.HookExecutionResult("count 1", is_skipped=False)
    assert count(dg.build_hook_context(), []).is_skipped
    with pytest.raises(InvariantError, match="hook `none` returned None"):
        event_list_hook(name="none")(lambda context, event_list: None).run(None, [], succeeded=True)  # type: ignore[arg-type,return-value]


def test_calling_a_hook_in_a_test() -> None:
    sink: list[object] = []
    error = ValueError("x")
    complain(dg.build_hook_context(resources={"sink": sink}, op_exception=error))
    complain(context=dg.build_hook_context(resources={"sink": sink}))
    assert sink == [error, None]
    assert tell(dg.build_hook_context(job_name="nightly")) == "told nightly"
    assert dg.success_hook(name="x")(lambda context: context)(None) is None


def test_calling_a_hook_wrongly() -> None:
    context = dg.build_hook_context()
    for arguments, named in (((), {}), ((context, 1), {}), ((), {"ctx": context}), ((5,), {})):
        with pytest.raises(InvocationError, match="hook `tell`"):
            tell(*arguments, **named)
    with pytest.raises(MissingResourceError, match="hook `renamed` requires resource `sink`"):
        complain(context)
    with pytest.raises(InvocationError, match="cannot be called"):
        dg.HookDefinition(name="h", hook_fn=lambda _, __: dg.HookExecutionResult("h"))(context)


def test_a_hook_is_attached_by_calling_it_with_a_job() -> None:
    class Job:
        def with_hooks(self, hooks: set[dg.HookDefinition]) -> set[dg.HookDefinition]:
            return hooks

    assert tell(Job()) == {tell}


def test_a_context_knows_what_it_was_given_and_says_what_is_missing() -> None:
    class Op:
        name = "an op"

    seen: list[dg.HookContext] = []

    @dg.success_hook(name="look")
    def look(context: dg.HookContext) -> None:
        seen.append(context)

    given = dg.build_hook_context(resources={"a": 1}, op=Op, run_id="r", job_name="j", op_exception=KeyError("k"))
    look(given)
    context = seen[0]
    assert (context.op.name, context.run_id, context.job_name, context.resources.a) == ("an op", "r", "j", 1)
    assert isinstance(context.op_exception, KeyError)
    assert context.hook_def.name == "look"
    assert context.required_resource_keys == frozenset()
    context.log.info("works")
    for name in ("step_key", "op_config", "op_output_values", "op_output_metadata"):
        with pytest.raises(ContextError, match=f"`{name}` of this HookContext is not set"):
            getattr(context, name)
    with pytest.raises(InvariantError, match="`instance` of this HookContext is not set"):
        _ = context.instance
    with pytest.raises(ContextError, match=r"build_hook_context\(job_name="):
        _ = dg.build_hook_context().job_name
    with pytest.raises(AttributeError, match="no attribute `nonsense`"):
        _ = context.nonsense
    with pytest.raises((MissingResourceError, UnknownResourceError)):
        _ = context.resources.b
    with dg.build_hook_context() as entered:
        assert isinstance(entered, dg.HookContext)


@pytest.mark.parametrize("wrong", [{"op_exception": 5}, {"op": 5}])
def test_what_makes_no_context(wrong: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError, match=f"`{next(iter(wrong))}` must be"):
        dg.build_hook_context(**wrong)


def test_what_makes_no_hook() -> None:
    for bad in (lambda: None, lambda c: None):
        with pytest.raises(DefinitionError, match="must take `context`"):
            dg.success_hook(bad)
    with pytest.raises(DefinitionError, match="must take `context` and `event_list`"):
        event_list_hook(lambda context: None)  # type: ignore[arg-type,return-value]
    with pytest.raises(DefinitionError, match="name of a hook"):
        dg.success_hook(name="a b")(lambda _: None)
    with pytest.raises(DefinitionError, match="must be a function"):
        dg.HookDefinition(name="h", hook_fn=5)  # type: ignore[arg-type]


def test_a_hook_of_all_events_gets_those_of_its_step() -> None:
    seen: dict[str, list[str]] = {}

    @event_list_hook
    def look(context: dg.HookContext, event_list: Any) -> dg.HookExecutionResult:
        seen[context.step_key] = [event.event_type_value for event in event_list]
        return dg.HookExecutionResult("look")

    @dg.op
    def one() -> int:
        return 1

    @dg.op
    def fails(x: int) -> None:
        raise ValueError(x)

    @dg.job(hooks={look})
    def j() -> None:
        fails(one())

    j.execute_in_process(raise_on_error=False)
    assert seen == {
        "one": ["STEP_START", "STEP_OUTPUT", "HANDLED_OUTPUT", "STEP_SUCCESS"],
        "fails": ["STEP_START", "LOADED_INPUT", "STEP_INPUT", "STEP_FAILURE"],
    }


def test_the_event_of_a_hook_that_raised_tells_what() -> None:
    @dg.success_hook
    def breaks(context: dg.HookContext) -> None:
        raise KeyError("hook")

    @dg.op
    def one() -> int:
        return 1

    @dg.job
    def j() -> None:
        one.with_hooks({breaks})()

    (event,) = [one for one in j.execute_in_process().all_events if one.is_hook_event]
    assert event.event_type is dg.EventType.HOOK_ERRORED
    assert event.hook_errored_data.error.cls_name == "KeyError"


def test_the_traceback_of_a_hook_is_its_own() -> None:
    @dg.failure_hook
    def weak(context: dg.HookContext) -> None:
        raise KeyError("nobody")

    @dg.asset(hooks={weak})
    def broken() -> None:
        raise ValueError("of the step")

    instance = dg.Instance.ephemeral()
    dg.materialize([broken], instance=instance, raise_on_error=False)
    ended = next(one.event for one in instance.store.events() if isinstance(one.event, HookEnded))
    assert ended.error is not None
    assert "KeyError: 'nobody'" in ended.error.traceback
    assert "of the step" not in ended.error.traceback
