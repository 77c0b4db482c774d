"""The selection language and the algebra behind it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchestrator as dg
from orchestrator.definitions.metadata import TableSchemaMetadataValue
from orchestrator.errors import SelectionError, SourceRef
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.selection import AssetSelection, Place, SelectionFacts, SelectionScope
from orchestrator.graph.selection_errors import joined, unknown_name
from orchestrator.graph.snapshot import AssetSnapshot, JobSnapshot, NodeSnapshot
from tests.unit.graph.graphs import location, node

HERE = SourceRef("x.py", 1)
SCHEMA = TableSchemaMetadataValue(
    dg.TableSchema([dg.TableColumn("price", "int", tags={"pii": ""}), dg.TableColumn("cake", "string")])
)

#: a -> b -> p/c -> d; a, ext -> e; x.y-z and 케이크 alone; m1 and m2 made together; two locations.
GRAPH = AssetGraph.build(
    [
        location(
            "one",
            node("a", group="g", kinds=("sql",), tags={"k": "v", "empty": ""}, owners=("team:x",)),
            node("b", "a", group="g"),
            node("p/c", "b", group="h/i", metadata={"dagster/column_schema": SCHEMA}),
            node("d", "p/c", owners=("a@b.com",), metadata={"dagster/table_name": dg.MetadataValue.text("db.t")}),
            node("e", "a", "ext"),
            external=(AssetSnapshot(key="ext", source=HERE, group="g"),),
            jobs=(JobSnapshot(name="j", source=HERE, selection="*"),),
        ),
        location(
            "two",
            node("x.y-z", tags={"k": "w"}),
            node("케이크", kinds=("sql", "json")),
            node("missing"),
            NodeSnapshot(
                name="m",
                source=HERE,
                assets=tuple(AssetSnapshot(key=key, source=HERE, output=key) for key in ("m1", "m2")),
            ),
        ),
    ]
)
COMPUTED = {key for key, one in GRAPH.assets.items() if not one.external}
SCOPE = SelectionScope(GRAPH, facts=lambda: SelectionFacts({"a", "b"}, {"b"}))


def select(text: str) -> set[str]:
    return AssetSelection.from_string(text).evaluate(SCOPE)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("a", "a"),
        ("p/c", "p/c"),
        ('"p/c"', "p/c"),
        ("x.y-z", "x.y-z"),
        ("케이크", "케이크"),
        ("key:a", "a"),
        ("key : a", "a"),
        ("key:'a'", "a"),
        ("key:p/*", "p/c"),
        ('key:"*c"', "p/c"),
        ("a+", "a b p/c d e"),
        ("a*", "a b p/c d e"),
        ("+d", "a b p/c d"),
        ("*d", "a b p/c d"),
        ("+b+", "a b p/c d"),
        ("a+1", "a b e"),
        ("1+d", "p/c d"),
        ("2+p/c+1", "a b p/c d"),
        ("++p/c", "a b p/c"),
        ("a++", "a b p/c e"),
        ("key:a+1", "a b e"),
        ("(a or d)+1", "a b d e"),
        ("a, d", "a d"),
        ("a,d,b", "a b d"),
        ("a or b and b", "a b"),
        ("(a or b) and b", "b"),
        ("a OR d", "a d"),
        ("a+ and not b+", "a e"),
        ("not not a", "a"),
        ("group:g", "a b ext"),
        ("group:h/i", "p/c"),
        ('group:"h/*"', "p/c"),
        ("tag:k", "a x.y-z"),
        ("tag:k=v", "a"),
        ('tag:"k"="w"', "x.y-z"),
        ("tag:k=*", "a x.y-z"),
        ('tag:k=""', ""),
        ('tag:empty=""', "a"),
        ("tag:null and group:g", "b ext"),
        ("kind:sql", "a 케이크"),
        ("kind:null and group:g", "b ext"),
        ("kind:<null> and group:g", "b ext"),
        ("owner:team:x", "a"),
        ('owner:"a@b.com"', "d"),
        ("owner:a@b.com", "d"),
        ("code_location:two", "x.y-z 케이크 missing m1 m2"),
        ("column:price", "p/c"),
        ("column_tag:pii", "p/c"),
        ("table_name:db.t", "d"),
        ("is:external", "ext"),
        ("is:missing and group:g", ""),
        ("status:materialized", "a b"),
        ("status:failed", "b"),
        ("failed", "b"),
        ("missing", "missing"),  # an asset has that name
        ("roots(a+)", "a"),
        ("sinks(a+)", "d e"),
        ("roots(+e)", "a ext"),
        ("between(a, d)", "a b p/c d"),
        ("between(e, d)", ""),
        ("neighbors(m1)", "m1 m2"),
        ("job:j", "a b p/c d e"),
    ],
)
def test_what_a_selection_selects(text: str, keys: str) -> None:
    assert select(text) == set(keys.split())


def test_all_means_what_somebody_computes() -> None:
    assert select("*") == COMPUTED
    assert AssetSelection.all().evaluate(SelectionScope(GRAPH, location="two")) == {
        key for key in COMPUTED if GRAPH.assets[key].location == "two"
    }


@pytest.mark.parametrize(
    ("text", "words", "position"),
    [
        ("", "is empty", 0),
        ("   ", "is empty", 3),
        ("nope", "no asset `nope`", 0),
        ("a or nope", "no asset `nope`", 5),
        ("key:nope", "no asset `nope`", 4),
        ("a b", "'b' cannot stand here", 2),
        ("a and", "missing at the end", 5),
        ("and a", "missing before", 0),
        ("(a", "never closed", 0),
        ("a)", "')' cannot stand here", 1),
        ("'a", "quote is never closed", 0),
        ("group:'a", "quote is never closed", 6),
        ("tag:null=v", "'=' cannot stand here", 8),
        ("a+0", "0 layers", 2),
        ("99999999999+a", "so many layers", 0),
        ("grp:x", "no attribute `grp:`", 0),
        ("group:", "a value is missing", 6),
        ("group:nope", "no group `nope`", 6),
        ("tag:nope", "no tag `nope`", 4),
        ("kind:sq", "no kind `sq`", 5),
        ("is:odd", "no `is:` `odd`", 3),
        ("job:nope", "no job `nope`", 4),
        ("code_location:three", "no code location `three`", 14),
        ("between(a)", "takes two selections", 9),
        ("stale", "not supported yet", 0),
        ("changed:main", "not supported yet", 0),
        ("partitions:x", "not supported yet", 0),
        ("a+*", "'*' cannot stand here", 2),
        ("!a", "'!' cannot stand here", 0),
        ("(" * 200 + "a" + ")" * 200, "nested deeper", 100),
        ("not " * 200 + "a", "nested deeper", 400),
    ],
)
def test_errors_point_at_the_character(text: str, words: str, position: int) -> None:
    with pytest.raises(SelectionError) as caught:
        select(text)
    assert words in caught.value.message
    assert caught.value.position == position


def test_all_unknown_names_are_reported_at_once() -> None:
    with pytest.raises(SelectionError, match="there are no assets `one1` and `two2`"):
        select("one1, a, two2")


def test_unknown_names_are_told_in_one_sentence_with_the_nearest_of_each() -> None:
    known = ["orders", "customers"]
    errors = [unknown_name("asset", name, known, None) for name in ("orderz", "orderz", "custumers", "zzz")]
    error = joined([*errors, unknown_name("group", "sale", ["sales"], None)])
    assert error.message == "there are no assets `orderz`, `custumers` and `zzz`, and no group `sale`"
    assert error.hint == (
        "did you mean `orders` for `orderz`, `customers` for `custumers`, `sales` for `sale`?; "
        "there is: `customers`, `orders`"
    )
    one_more = joined([joined(errors[:1] * 2), error])
    assert one_more.message == error.message
    many = joined([unknown_name("asset", f"a{number}", [], None) for number in range(20)])
    assert many.message.endswith("`a6` and `a7` (12 more are unknown)")


def test_state_without_a_record_is_an_error() -> None:
    with pytest.raises(SelectionError, match="record of earlier runs"):
        AssetSelection.from_string("failed").evaluate(SelectionScope(GRAPH))


def test_the_algebra() -> None:
    a, d = AssetSelection.keys("a"), AssetSelection.assets(dg.AssetSpec("d"))
    assert (a | d).evaluate(SCOPE) == {"a", "d"}
    assert (a.downstream() & d.upstream()).evaluate(SCOPE) == {"a", "b", "p/c", "d"}
    assert (a.downstream(1, include_self=False)).evaluate(SCOPE) == {"b", "e"}
    assert (AssetSelection.groups("g") - a).evaluate(SCOPE) == {"b", "ext"}
    assert AssetSelection.groups("g").materializable().evaluate(SCOPE) == {"a", "b"}
    assert AssetSelection.key_prefixes("p").evaluate(SCOPE) == {"p/c"}
    assert AssetSelection.keys("m2").required_multi_asset_neighbors().evaluate(SCOPE) == {"m1", "m2"}
    assert AssetSelection.all(include_sources=True).evaluate(SCOPE) == set(GRAPH.assets)
    assert AssetSelection.from_coercible(["a", dg.AssetKey("d")]) == a | d


@pytest.mark.parametrize("value", [3, None, [3], [None]])
def test_what_is_no_selection(value: object) -> None:
    with pytest.raises(SelectionError):
        AssetSelection.from_coercible(value)


KEYS = st.sampled_from(["a", "b", "p/c", "케이크", "x.y-z", "and", "null", "1d", 'q"u\\o', "*", "a*"])
LEAVES = st.one_of(
    st.builds(AssetSelection.key_substring, KEYS),
    st.builds(AssetSelection.groups, KEYS),
    st.builds(AssetSelection.kind, st.none() | KEYS),
    st.builds(AssetSelection.tag, KEYS, st.sampled_from(["", "v", "null"])),
    st.sampled_from(["tag:null", "column_tag:null"]).map(AssetSelection.from_string),
    st.builds(AssetSelection.keys, st.sampled_from(["a", "p/c", "케이크", "and", "missing"])),
    st.just(AssetSelection.all()),
    st.just(AssetSelection.from_string("failed")),
)
DEPTHS = st.none() | st.integers(1, 9)
SELECTIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda one, other: one | other, inner, inner),
        st.builds(lambda one, other: one & other, inner, inner),
        st.builds(lambda one, other: one - other, inner, inner),
        st.builds(lambda one, depth: one.upstream(depth), inner, DEPTHS),
        st.builds(lambda one, depth: one.downstream(depth), inner, DEPTHS),
        inner.map(lambda one: one.roots()),
        inner.map(lambda one: one.sinks()),
        inner.map(lambda one: one.required_multi_asset_neighbors()),
    ),
    max_leaves=8,
)


@given(SELECTIONS)
def test_what_is_written_reads_back_the_same(selection: AssetSelection) -> None:
    assert AssetSelection.from_string(str(selection)) == selection


@given(st.text(alphabet="ab+*(),:\"'\\ 12=<>nodrkey|.-/", max_size=30) | st.text(max_size=20))
def test_any_text_is_a_selection_or_an_error_that_points_into_it(text: str) -> None:
    try:
        selection = AssetSelection.from_string(text)
    except SelectionError as caught:
        position = caught.position
    else:
        assert AssetSelection.from_string(str(selection)) == selection
        return
    assert position is not None
    assert 0 <= position <= len(text)


def test_a_list_of_ten_thousand_keys_is_no_problem() -> None:
    names = [f"a{number}" for number in range(10_000)]
    graph = AssetGraph.build([location("l", *(node(name) for name in names))])
    assert AssetSelection.from_string(", ".join(names)).evaluate(SelectionScope(graph)) == set(names)


def test_a_place_is_kept_for_the_error_but_is_no_part_of_the_selection() -> None:
    one, other = AssetSelection.from_string("  a"), AssetSelection.from_string("a")
    assert one == other
    assert one.place == Place("  a", 2)  # type: ignore[attr-defined]
