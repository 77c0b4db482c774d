"""Alias mode keeps Dagster's meaning where ours differs."""

from collections.abc import Callable
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.compat.dialect import DIALECT
from orchestrator.definitions.dialect import NATIVE, speak
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.selection import SelectionScope, read_selection
from orchestrator.workspace.describe import describe_location


def made(**parameters: Any) -> dg.AssetsDefinition:
    def made() -> int:
        return 1

    return dg.asset(**parameters)(made)


def with_parameter(name: str) -> dg.AssetsDefinition:
    namespace: dict[str, Any] = {}
    exec(f"def function({name}): ...", namespace)
    return dg.asset(namespace["function"])


ONLY_NATIVE: list[Callable[[], Any]] = [
    lambda: made(name="가"),
    lambda: made(name="type"),
    lambda: made(key="a/b"),
    lambda: made(key_prefix="a/b"),
    lambda: made(group_name="a-b"),
    lambda: made(group_name="가"),
    lambda: made(tags={"가": "b"}),
    lambda: made(tags={"a": "가"}),
    lambda: made(kinds={"가"}),
    lambda: with_parameter("conf"),
]


@pytest.mark.parametrize("make", ONLY_NATIVE)
def test_names_that_only_we_allow(make: Callable[[], Any]) -> None:
    make()
    speak(DIALECT)
    try:
        with pytest.raises(dg.DefinitionError):
            make()
    finally:
        speak(NATIVE)


@pytest.mark.usefixtures("dialect")
def test_keys_of_assets_made_elsewhere_may_hold_anything() -> None:
    assert dg.AssetKey(["s3", "my bucket: x"]).path == ["s3", "my bucket: x"]
    assert dg.AssetKey(["s3", "a/b"]).path == ["s3", "a", "b"]
    for unsafe in ("", "..", "a\0"):
        with pytest.raises(dg.DefinitionError):
            dg.AssetKey(["s3", unsafe])


@pytest.mark.usefixtures("dialect")
def test_deps_are_iterated() -> None:
    assert [key for one in made(deps={"raw": 1}).inputs for key in one.keys] == ["raw"]
    assert [key for one in made(deps="abc").inputs for key in one.keys] == ["a", "b", "c"]


@pytest.mark.usefixtures("dialect")
def test_a_default_is_no_substitute_for_an_asset() -> None:
    @dg.asset
    def taker(missing: int = 1) -> int:
        return missing

    with pytest.raises(dg.UnresolvedInputError):
        dg.materialize([taker])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a+", "a b"),
        ("+c", "b c"),
        ("+b+", "a b c"),
        ("a++", "a b c"),
        ("a*", "a b c d"),
        ("*c", "a b c"),
        ("key:a+", "a b c d"),
        ("+key:c", "a b c"),
        ("a+2", "a b c"),
        ("(a)+", "a b c d"),
    ],
)
@pytest.mark.usefixtures("dialect")
def test_a_plus_at_a_bare_key_is_one_layer(text: str, expected: str) -> None:
    def chain(name: str, *deps: str) -> dg.AssetsDefinition:
        return dg.asset(name=name, deps=list(deps))(lambda: None)

    definitions = dg.Definitions(assets=[chain("a"), chain("b", "a"), chain("c", "b"), chain("d", "c")])
    scope = SelectionScope(AssetGraph.build([describe_location("x", definitions)]))
    assert sorted(read_selection(text).evaluate(scope)) == expected.split()
