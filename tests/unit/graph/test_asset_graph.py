"""Merging locations into one graph."""

import itertools

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import (
    CycleError,
    DefinitionError,
    DuplicateDefinitionError,
    SourceRef,
    UnknownNameError,
    UnresolvedInputError,
    UsageError,
)
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.snapshot import AssetSnapshot, InputSnapshot, JobSnapshot, NodeSnapshot
from tests.unit.graph.graphs import as_networkx, graph_of, location, node

HERE = SourceRef("x.py", 1)


def test_keys_resolve_across_locations() -> None:
    graph = AssetGraph.build([location("one", node("a")), location("two", node("b", "a"), node("c", "b", loads=False))])
    graph.check()
    assert graph.upstream == {"a": (), "b": ("a",), "c": ("b",)}
    assert graph.downstream["a"] == ("b",)
    assert graph.assets["a"].location == "one"


def test_what_somebody_computes_wins_over_a_stub() -> None:
    stub = AssetSnapshot(key="a", source=HERE)
    graph = AssetGraph.build([location("one", node("b", "a"), external=(stub,)), location("two", node("a"))])
    assert graph.assets["a"].location == "two"
    assert not graph.assets["a"].external


def test_an_unknown_key_that_is_waited_for_becomes_an_external_asset_with_a_lint() -> None:
    graph = AssetGraph.build([location("one", node("ingredients"), node("b", "ingredinets", loads=False, line=7))])
    graph.check()
    assert graph.assets["ingredinets"].external
    assert not graph.assets["ingredinets"].defined
    (lint,) = graph.lints()
    assert lint.hint == "did you mean `ingredients`?"
    assert lint.source.line == 7


def test_an_unknown_key_that_is_loaded_is_a_problem() -> None:
    graph = AssetGraph.build([location("one", node("ingredients"), node("b", "ingredinets", line=7))])
    with pytest.raises(UnresolvedInputError) as caught:
        graph.check()
    assert caught.value.hint == "did you mean `ingredients`?"
    assert caught.value.sources == (SourceRef("x.py", 7),)


def test_what_is_unknown_may_belong_to_a_location_that_failed() -> None:
    graph = AssetGraph.build([location("one", node("b", "a"))], failed_locations=["two"])
    graph.check()
    assert not graph.assets["a"].defined


def test_duplicates_name_every_place() -> None:
    graph = AssetGraph.build([location("one", node("a", line=3)), location("two", node("a", line=9))])
    with pytest.raises(DuplicateDefinitionError, match="`one` and `two`") as caught:
        graph.check()
    assert [source.line for source in caught.value.sources] == [3, 9]


def test_a_shortest_cycle_is_shown_with_its_places() -> None:
    graph = graph_of({"a": ["d"], "b": ["a"], "c": ["b"], "d": ["c", "b"], "e": ["a"]})
    with pytest.raises(CycleError, match="a -> b -> d -> a"):
        graph.check()


def test_several_problems_are_raised_together() -> None:
    graph = AssetGraph.build([location("one", node("a"), node("b", "x"), node("c", "y")), location("two", node("a"))])
    with pytest.raises(DefinitionError, match="3 problems"):
        graph.check()


def test_a_parameter_prefers_its_own_prefix_and_may_have_a_default() -> None:
    def user(*inputs: InputSnapshot) -> NodeSnapshot:
        return NodeSnapshot(
            name="u", source=HERE, assets=(AssetSnapshot(key="u", source=HERE, output="result"),), inputs=inputs
        )

    near = InputSnapshot(name="x", keys=("p/x", "x"), loads=True)
    optional = InputSnapshot(name="z", keys=("z",), loads=True, optional=True)
    both = AssetGraph.build([location("l", user(near, optional), node("p/x"), node("x"))])
    assert both.upstream["u"] == ("p/x",)
    plain = AssetGraph.build([location("l", user(near, optional), node("x"))])
    assert plain.upstream["u"] == ("x",)
    assert "default" in plain.lints()[0].message


def test_jobs_are_found_by_name_and_location() -> None:
    job = JobSnapshot(name="daily", source=HERE, selection="*")
    graph = AssetGraph.build([location("one", jobs=(job,)), location("two", jobs=(job,))])
    assert graph.job("daily", "two") == ("two", job)
    with pytest.raises(UsageError, match="2 locations"):
        graph.job("daily")
    with pytest.raises(UnknownNameError, match="no job") as caught:
        graph.job("dayly")
    assert caught.value.hint == "did you mean `daily`?"


@st.composite
def edges(draw: st.DrawFn) -> dict[str, list[str]]:
    count = draw(st.integers(1, 12))
    pairs = draw(st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=25))
    return {f"a{n}": sorted(f"a{one}" for one, other in pairs if other == n and one != other) for n in range(count)}


@given(edges())
def test_a_cycle_is_found_if_and_only_if_there_is_one(made: dict[str, list[str]]) -> None:
    graph = graph_of(made)
    oracle = as_networkx(graph)
    assert bool(graph.problems) is not nx.is_directed_acyclic_graph(oracle)
    if graph.problems:
        cycle = graph.problems[0].message.split(": ", 1)[1].split(" -> ")
        assert cycle[0] == cycle[-1]
        assert all(oracle.has_edge(one, other) for one, other in itertools.pairwise(cycle))
        assert len(cycle) - 1 == min(map(len, nx.simple_cycles(oracle)))


@given(edges(), st.integers(0, 4), st.data())
def test_walks_agree_with_networkx(made: dict[str, list[str]], depth: int, data: st.DataObject) -> None:
    graph = graph_of(made)
    oracle = as_networkx(graph)
    start = data.draw(st.sampled_from(sorted(made)))
    assert graph.down([start]) == nx.descendants(oracle, start) | {start}
    assert graph.up([start]) == nx.ancestors(oracle, start) | {start}
    assert graph.down([start], depth) == set(nx.ego_graph(oracle, start, radius=depth))


@given(edges(), st.data())
def test_topological_order_holds_for_any_part(made: dict[str, list[str]], data: st.DataObject) -> None:
    graph = graph_of(made)
    if graph.problems:
        return
    part = data.draw(st.sets(st.sampled_from(sorted(made))))
    order = graph.topological(part)
    assert set(order) == part
    place = {key: number for number, key in enumerate(order)}
    assert all(place[dep] < place[key] for key in part for dep in graph.upstream[key] if dep in part)


def test_a_long_chain_needs_no_recursion() -> None:
    graph = graph_of({f"a{n}": [f"a{n - 1}"] if n else [] for n in range(20_000)})
    graph.check()
    assert len(graph.up(["a19999"])) == 20_000
