"""The body of a graph wires: what treats a handle as a value is refused, where it is written."""

import math
from collections.abc import Callable
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.compat.dialect import DIALECT
from orchestrator.definitions.dialect import NATIVE, speak
from orchestrator.errors import InvariantError


@dg.op
def one():
    return 1


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "x")


@dg.op
def take(x):
    return x


def change(handle: Any) -> None:
    handle["x"] = 1


def enter(handle: Any) -> None:
    with handle:
        pass


USES: dict[str, Callable[[Any], Any]] = {
    "asks whether the output of `one` is true": lambda handle: 1 if handle else 2,
    "compares the output of `one`": lambda handle: handle > 1,
    "computes with the output of `one`": lambda handle: 1 + handle,
    "makes a number of the output of `one`": math.sqrt,
    "asks for the length of the output of `one`": len,
    "iterates over the output of `one`": lambda handle: [take(x) for x in handle],
    "takes item '{a}' of the output of `one`": lambda handle: handle["{a}"],
    "puts the output of `one` in a text": lambda handle: f"{handle}",
    "calls the output of `one`": lambda handle: handle(),
    "changes the output of `one`": change,
    "enters the output of `one`": enter,
}


@pytest.mark.parametrize("what", USES)
def test_a_use_of_the_value_is_refused_where_it_is_written(what: str) -> None:
    with pytest.raises(InvariantError) as caught:
        dg.graph(name="g")(lambda: USES[what](one()))
    error = caught.value
    assert error.message.startswith(f"@graph `g` {what}, which has no value before it runs")
    assert error.hint
    assert [source.file for source in error.sources] == [__file__]
    line = USES[what].__code__.co_firstlineno if hasattr(USES[what], "__code__") else None
    assert line is None or error.sources[0].line in (line, line + 1)


@pytest.mark.parametrize(
    "use", [lambda handle: handle == 1, lambda handle: handle != "x", lambda handle: handle in (1, 2)]
)
def test_a_comparison_that_would_silently_be_false_is_refused(use: Callable[[Any], Any]) -> None:
    with pytest.raises(InvariantError, match="compares the output of `one`"):
        dg.graph(name="g")(lambda: use(one()))


def test_inputs_and_outputs_among_several_are_named() -> None:
    with pytest.raises(InvariantError, match="@graph `g` asks whether input `x` is true"):
        dg.graph(name="g")(lambda x: take(x) if x else None)
    with pytest.raises(InvariantError, match="computes with output `a` of `pair`"):
        dg.graph(name="g")(lambda: pair().a - 1)
    with pytest.raises(AttributeError, match=r"takes `\.shape` of the output of `one`, which has no value"):
        dg.graph(name="g")(lambda: one().shape)
    with pytest.raises(AttributeError, match="hint: only @op"):
        dg.graph(name="g")(lambda: one().map(take))


def test_what_only_wires_is_left_alone() -> None:
    seen: list[str] = []

    @dg.graph(out={"p": dg.GraphOut(), "q": dg.GraphOut(), "r": dg.GraphOut()})
    def wires(x):
        first, second = pair()
        alone = one.alias("uno")()
        left, right = take.alias("both")(x)
        seen.append(repr(alone))
        assert alone is not None
        assert len({first: 1, second: 2, alone: 3}) == 3
        assert alone in (second, alone)
        for number, handle in enumerate((first, second)):
            take.alias(f"take_{number}")(handle)
        mapped = many().map(take)
        return {
            "p": take.alias("all")([left, right]),
            "q": mapped.collect(),
            "r": take.alias("named")(pair.alias("two")().b),
        }

    assert seen == ["<the output of `uno`>"]
    assert wires.execute_in_process(input_values={"x": (3, 4)}).output_value("p") == [3, 4]


def test_code_for_dagster_keeps_its_objects() -> None:
    speak(DIALECT)
    try:
        dg.graph(name="g")(lambda: one() or take(one()))
        dg.graph(name="h")(lambda: None if one() == 1 else one.alias("other")())
        with pytest.raises(TypeError, match="compares"):
            dg.graph(name="i")(lambda: one() > 1)
    finally:
        speak(NATIVE)
