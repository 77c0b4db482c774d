"""Calling ops and assets in a test: how arguments are bound, what is checked, what comes back."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.definitions.config_types import Field
from orchestrator.definitions.configurable_resource import ConfigurableResource
from orchestrator.definitions.resource_definitions import ResourceDefinition, resource
from orchestrator.errors import (
    ConfigError,
    ContextError,
    DefinitionError,
    InvariantError,
    InvocationError,
    MissingResourceError,
    TypeCheckError,
)

OP, ASSET = dg.build_op_context, dg.build_asset_context


@dg.op
def add(a, b=5):
    return a + b


@dg.op
def told(context, a=1):
    return context.op_def.name, a


@dg.op(ins={"start": dg.In(dg.Nothing)})
def waits(a):
    return a


@pytest.mark.parametrize(
    ("call", "result"),
    [
        (lambda: add(1, 2), 3),
        (lambda: add(1), 6),
        (lambda: add(1, b=2), 3),
        (lambda: add(a=1, b=2), 3),
        (lambda: add(OP(), 1, 2), 3),
        (lambda: told(None), ("told", 1)),
        (lambda: told(OP(), 2), ("told", 2)),
        (lambda: told(ASSET(), a=2), ("told", 2)),
        (lambda: told(context=OP(), a=2), ("told", 2)),
        (lambda: waits(1), 1),
        (lambda: waits(a=1), 1),
        (dg.op(name="seven", ins={"x": dg.In(default_value=7)})(lambda x: x), 7),
        (lambda: dg.op(name="under")(lambda _, a: a)(None, 3), 3),
        (lambda: dg.op(name="only")(lambda a, /, b: (a, b))(1, b=2), (1, 2)),
    ],
)
def test_arguments_that_fit(call: Callable[[], object], result: object) -> None:
    assert call() == result


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (add, "given no value for `a`"),
        (lambda: add(1, 2, 3), "takes 2 arguments, and is given 3"),
        (lambda: add(None, 1, 2), "takes 2 arguments, and is given 3"),
        (lambda: add(1, c=2), "takes no `c`"),
        (lambda: add(1, a=2), "given `a` twice"),
        (lambda: add(context=OP(), a=1), "takes no `context`"),
        (told, "takes a context, and is called with none"),
        (lambda: told(a=2), "takes a context, and is called with none"),
        (lambda: told(5), r"called with 5 \(int\)"),
        (lambda: told(2, context=OP()), r"called with 2 \(int\)"),
        (lambda: waits(1, 2), "takes 1 arguments, and is given 2"),
        (lambda: waits(1, start=None), "only waits for `start`"),
    ],
)
def test_arguments_that_do_not_fit(call: Callable[[], object], words: str) -> None:
    with pytest.raises(InvocationError, match=words) as caught:
        call()
    assert caught.value.sources


@dg.asset
def up():
    return 1


@dg.asset(deps=[up])
def down(context: dg.AssetExecutionContext, up):
    context.add_output_metadata({"rows": up})
    context.add_asset_metadata({"more": "x"})
    return dg.MaterializeResult(metadata={"n": 3})


def test_assets() -> None:
    context = ASSET(partition_key="2026-01-01", run_tags={"k": "v"})
    assert up() == 1
    result = down(context, up())
    assert result == dg.MaterializeResult(metadata={"n": 3})
    assert context.get_output_metadata("result") == {"rows": 1, "more": "x"}
    assert (context.asset_key, context.selected_asset_keys) == (dg.AssetKey("down"), {dg.AssetKey("down")})
    assert context.asset_key_for_output() == dg.AssetKey("down")
    assert context.asset_key_for_input("up") == dg.AssetKey("up")
    assert context.output_for_asset_key("down") == "result"
    assert (context.partition_key, context.has_tag("k"), context.get_tag("k")) == ("2026-01-01", True, "v")
    with pytest.raises(InvocationError, match="`down` takes 1 arguments"):
        down(ASSET(), 1, 2)


def test_multi_assets() -> None:
    @dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec(["p", "b"])])
    def both(context):
        for key in sorted(context.selected_asset_keys):
            yield dg.MaterializeResult(asset_key=key)

    assert [result.asset_key for result in both(ASSET())] == [dg.AssetKey("a"), dg.AssetKey(["p", "b"])]

    @dg.multi_asset(specs=[dg.AssetSpec("c"), dg.AssetSpec("d")])
    def returned(keys=("d", "c")):
        return tuple(dg.MaterializeResult(asset_key=key) for key in keys)

    assert len(returned()) == 2
    with pytest.raises(InvariantError, match="without asset_key"):
        returned((None, "c"))
    with pytest.raises(InvariantError, match="for `zz`, which it does not make"):
        returned(("zz", "c"))


def test_graphs_and_jobs_are_no_functions() -> None:
    @dg.graph_asset
    def made(up):
        return waits(up)

    @dg.graph
    def whole():
        add.alias("x")(up)

    for call in (lambda: made(1), whole):
        with pytest.raises(InvariantError):
            call()


def yields(*items: Any, **options: Any) -> dg.OpDefinition:
    def generate():
        yield from items

    return dg.op(**options)(generate)


TWO = {"out": {"a": dg.Out(), "b": dg.Out()}}
DYNAMIC = {"out": dg.DynamicOut()}
EVENTS = [dg.AssetMaterialization("x"), dg.AssetObservation("x"), dg.ExpectationResult(success=True)]


@pytest.mark.parametrize(
    ("options", "value"),
    [
        ({}, 1),
        ({}, None),
        ({}, dg.Output(1, metadata={"a": 1})),
        ({"out": {"a": dg.Out()}}, dg.Output(1)),
        ({"out": dg.Out(is_required=False)}, None),
        (TWO, (1, 2)),
        (TWO, {"a": 1, "b": 2}),
        (TWO, (1, dg.Output(2, "b"))),
        (DYNAMIC, [dg.DynamicOutput(1, "x"), dg.DynamicOutput(2, "y")]),
        (DYNAMIC, []),
    ],
)
def test_what_may_be_returned_comes_back_as_it_is(options: dict[str, Any], value: object) -> None:
    assert dg.op(name="f", **options)(lambda: value)() is value


@pytest.mark.parametrize(
    ("options", "value", "words"),
    [
        (TWO, 1, "has 2 outputs and returned one int"),
        (TWO, (1,), "returned a tuple of 1"),
        (TWO, (1, 2, 3), "returned a tuple of 3"),
        (TWO, (dg.Output(2, "b"), dg.Output(1, "a")), "an Output for `b` where `a` is expected"),
        ({}, dg.Output(1, "zz"), "an Output for `zz` where `result` is expected"),
        ({}, EVENTS[0], "returned an AssetMaterialization, which is no value"),
        (DYNAMIC, 1, r"returned 1 \(int\) for the dynamic output"),
    ],
)
def test_what_may_not_be_returned(options: dict[str, Any], value: object, words: str) -> None:
    with pytest.raises(InvariantError, match=words):
        dg.op(name="f", **options)(lambda: value)()


@pytest.mark.parametrize(
    ("options", "items"),
    [
        ({}, [dg.Output(1)]),
        ({}, [*EVENTS, dg.Output(1)]),
        (TWO, [dg.Output(2, "b"), dg.Output(1, "a")]),
        ({"out": {"a": dg.Out(), "b": dg.Out(is_required=False)}}, [dg.Output(1, "a")]),
        ({"out": {"a": dg.Out()}}, [dg.Output(1)]),
        (DYNAMIC, [dg.DynamicOutput(1, "x"), dg.DynamicOutput(2, "y")]),
        (DYNAMIC, []),
    ],
)
def test_what_may_be_yielded_comes_as_it_is(options: dict[str, Any], items: list[object]) -> None:
    assert list(yields(*items, **options)()) == items


@pytest.mark.parametrize(
    ("options", "items", "words"),
    [
        ({}, [1], r"yielded 1 \(int\)"),
        ({}, EVENTS, "did not yield `result`"),
        (TWO, [dg.Output(1, "a")], "did not yield `b`"),
        (TWO, [dg.Output(1, "zz")], "yielded an Output for `zz`"),
        (TWO, [dg.Output(1, "a"), dg.Output(1, "a")], "yielded output `a` twice"),
    ],
)
def test_what_may_not_be_yielded(options: dict[str, Any], items: list[object], words: str) -> None:
    iterator = yields(*items, **options)()
    with pytest.raises(InvariantError, match=words):
        list(iterator)


def test_types_are_checked() -> None:
    @dg.op
    def number(a: int) -> int:
        return a if a else "zero"  # type: ignore[return-value]

    assert number(1) == 1
    with pytest.raises(TypeCheckError, match="input `a` of `number`: expected Int, got 'x'"):
        number("x")
    with pytest.raises(TypeCheckError, match="output `result` of `number`: expected Int, got 'zero'"):
        number(0)

    @dg.op(out=dg.DynamicOut(int))
    def several():
        yield dg.DynamicOutput("x", "k")

    with pytest.raises(TypeCheckError, match="expected Int, got 'x'"):
        list(several())
    with pytest.raises(TypeCheckError, match="expected no value, got 5"):
        dg.op(name="none", out=dg.Out(dg.Nothing))(lambda: 5)()
    broken = dg.RuntimeType(lambda _, value: bool(1 / value), name="Broken")
    with pytest.raises(ZeroDivisionError):
        dg.op(name="b", out=dg.Out(broken))(lambda: 0)()


def test_asynchronous_functions() -> None:
    @dg.op
    async def later(a: int) -> int:
        return a + 1 if a else "zero"  # type: ignore[return-value]

    @dg.op
    async def stream() -> AsyncIterator[Any]:
        yield dg.Output(1)

    async def collect() -> list[Any]:
        return [item async for item in stream()]

    assert asyncio.run(later(1)) == 2
    assert asyncio.run(collect()) == [dg.Output(1)]
    with pytest.raises(TypeCheckError, match="expected Int"):
        asyncio.run(later(0))


def test_a_generator_runs_when_it_is_read() -> None:
    ran: list[str] = []

    @dg.op
    def lazy() -> Iterator[Any]:
        ran.append("yes")
        yield dg.Output(1)

    items = lazy()
    assert ran == []
    assert list(items) == [dg.Output(1)]


@pytest.mark.parametrize("error", [ValueError("x"), dg.RetryRequested(3), dg.Failure("f")])
def test_what_the_function_raises_comes_through_and_is_not_tried_again(error: Exception) -> None:
    calls: list[int] = []

    @dg.op(retry_policy=dg.RetryPolicy(3))
    def bad():
        calls.append(1)
        raise error

    with pytest.raises(type(error)) as caught:
        bad()
    assert caught.value is error
    assert len(calls) == 1


def test_resources() -> None:
    @dg.op
    def uses(context, client: dg.ResourceParam[str], a):
        return client, a

    @dg.op(required_resource_keys={"k"})
    def needs(context):
        return context.resources.k

    assert uses(OP(), client="c", a=1) == uses(OP(), "c", 1) == uses(OP(resources={"client": "c"}), a=1) == ("c", 1)
    assert needs(OP(resources={"k": 5})) == 5
    assert dg.op(name="free")(lambda context: context.resources.z)(OP(resources={"z": 1})) == 1
    with pytest.raises(MissingResourceError, match="`needs` requires resource `k`"):
        needs(None)
    with pytest.raises(MissingResourceError, match="requires resource `client`"):
        uses(OP(), a=1)
    with pytest.raises(InvocationError, match="given resources twice"):
        uses(OP(resources={"client": "c"}), client="d", a=1)


def test_resources_that_an_asset_brings() -> None:
    @dg.asset(resource_defs={"k": 4}, required_resource_keys={"k"})
    def brings(context):
        return context.resources.k

    assert brings(ASSET()) == 4
    with pytest.raises(InvocationError, match="brings resource `k` itself"):
        brings(ASSET(resources={"k": 5}))


def test_what_a_context_keeps() -> None:
    @dg.op(out={"a": dg.Out(), "b": dg.DynamicOut()})
    def says(context):
        context.add_output_metadata({"x": 1}, output_name="a")
        context.add_output_metadata({"x": 2, "y": 3}, output_name="a")
        context.add_output_metadata({"z": 1}, output_name="b", mapping_key="k")
        context.log_event(EVENTS[0])
        yield dg.Output(1, "a")

    context = OP(mapping_key="mk")
    assert not context.has_events()
    list(says(context))
    assert context.get_output_metadata("a") == {"x": 2, "y": 3}
    assert context.get_output_metadata("b", mapping_key="k") == {"z": 1}
    assert context.get_output_metadata("b") is None
    assert (list(context.get_events()), context.get_mapping_key()) == ([EVENTS[0]], "mk")
    assert context.selected_output_names == {"a", "b"}
    for add in ({}, {"output_name": "zz"}):
        with pytest.raises(InvariantError, match="`says` "):
            context.add_output_metadata({"x": 1}, **add)


def test_a_context_that_is_used_twice_forgets_the_first_call() -> None:
    @dg.op
    def says(context, word):
        context.log_event(dg.AssetMaterialization(word))
        context.add_output_metadata({word: 1})

    context = OP()
    for word in ("a", "b"):
        says(context, word)
    assert [event.asset_key for event in context.get_events()] == [dg.AssetKey("b")]
    assert context.get_output_metadata("result") == {"b": 1}


def test_what_a_context_does_not_know() -> None:
    context = OP()
    assert (context.run_id, context.retry_number, context.op_config, context.is_subset) == ("EPHEMERAL", 0, None, False)
    for name in ("run", "job_name", "op", "step_key"):
        with pytest.raises(ContextError, match=f"`context.{name}` is known in a run only"):
            getattr(context, name)
    for name in ("asset_key", "op_def", "assets_def"):
        with pytest.raises(ContextError):
            getattr(context, name)
    with pytest.raises(DefinitionError, match="no partition"):
        _ = context.partition_key
    with pytest.raises(AttributeError, match="nonsense"):
        _ = context.nonsense
    with pytest.raises(InvocationError, match="both `op_config` and `config`"):
        OP(op_config={"a": 1}, config={"a": 1})
    with OP() as entered:
        assert entered.op_execution_context is entered
    given = object()
    assert OP(instance=given).instance is given
    assert isinstance(context.instance, dg.Instance)
    assert context.instance is context.instance
    context.instance.close()


def test_messages_reach_the_handlers_of_the_test(caplog: pytest.LogCaptureFixture) -> None:
    dg.op(name="logs")(lambda context: context.log.info("hello %s", "you"))(None)
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [(logging.INFO, "hello you")]


class Limits(dg.Config):
    most: int
    least: int = 0


@dg.op
def limited(context, config: Limits, a):
    return config.most, config.least, a, context.op_config


@dg.op(config_schema={"x": int, "y": Field(str, default_value="q")})
def schematic(context):
    return context.op_config


@pytest.mark.parametrize(
    "call",
    [
        lambda: limited(OP(), Limits(most=5), 1),
        lambda: limited(OP(), config=Limits(most=5), a=1),
        lambda: limited(OP(), config={"most": 5}, a=1),
        lambda: limited(OP(op_config={"most": 5}), a=1),
        lambda: limited(OP(config={"most": 5}), a=1),
        lambda: limited(ASSET(asset_config={"most": 5}), a=1),
        lambda: limited(None, Limits(most=5), 1),
    ],
)
def test_config_classes(call: Callable[[], tuple[Any, ...]]) -> None:
    most, least, a, raw = call()
    assert (most, least, a) == (5, 0, 1)
    assert raw["most"] == 5


def test_config_schemas() -> None:
    assert schematic(OP(op_config={"x": 1})) == {"x": 1, "y": "q"}
    for wrong in (None, {"x": "1"}, {"x": 1, "z": 1}):
        with pytest.raises(ConfigError, match="`schematic`"):
            schematic(OP(op_config=wrong))
    assert dg.op(name="free")(lambda context: context.op_config)(OP(op_config={"a": 1})) == {"a": 1}


def test_config_that_does_not_fit() -> None:
    for context in (None, OP(), OP(op_config={"most": "s"}), OP(op_config={"most": 1, "z": 2})):
        with pytest.raises(ConfigError, match="`limited`"):
            limited(context, a=1)
    with pytest.raises(InvocationError, match="given config twice"):
        limited(OP(op_config={"most": 5}), config=Limits(most=5), a=1)


@dg.op(required_resource_keys={"k"})
def takes(context):
    return context.resources.k


def test_resource_definitions_are_started_and_torn_down() -> None:
    steps: list[str] = []

    @resource(config_schema={"z": int})
    def configured(context):
        return context.resource_config["z"]

    @resource
    def cleaning(_):
        steps.append("open")
        yield 12
        steps.append("close")

    assert takes(OP(resources={"k": ResourceDefinition.hardcoded_resource(11)})) == 11
    assert takes(OP(resources={"k": configured}, resources_config={"k": {"config": {"z": 4}}})) == 4
    with pytest.raises(ConfigError):
        OP(resources={"k": configured})
    with OP(resources={"k": cleaning}) as context:
        assert takes(context) == context.resources.k == 12
        assert steps == ["open"]
    assert steps == ["open", "close"]
    with pytest.raises(InvariantError, match="with build_op_context"):
        takes(OP(resources={"k": cleaning}))
    assert steps == ["open", "close"] * 2
    told_by = dg.success_hook(name="h", required_resource_keys={"k"})(lambda context: context.resources.k)
    with dg.build_hook_context(resources={"k": cleaning}) as hook_context:
        assert told_by(hook_context) == 12
    with pytest.raises(InvariantError, match="with build_hook_context"):
        told_by(dg.build_hook_context(resources={"k": cleaning}))
    assert steps == ["open", "close"] * 4


def test_configurable_resources() -> None:
    class Client(ConfigurableResource):
        url: str = "here"

    @dg.asset
    def fetched(client: Client):
        return client.url

    @dg.asset(resource_defs={"client": Client(url="own")})
    def owned(client: Client):
        return client.url

    assert fetched(client=Client(url="x")) == fetched(Client(url="x")) == "x"
    assert fetched(ASSET(resources={"client": Client(url="y")})) == "y"
    assert owned() == "own"
