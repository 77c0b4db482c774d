"""Keys, metadata, tags: the small values users write."""

import datetime as dt
import enum
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import orchestrator as dg
from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.definitions.names import MAX_NAME_BYTES, nearest
from orchestrator.definitions.tags import check_owners, check_run_tags, check_tags
from orchestrator.errors import DefinitionError, MetadataError

PARTS = st.from_regex(r"[a-zA-Z0-9_가-힣][a-zA-Z0-9_.\-가-힣]{0,20}", fullmatch=True)


@given(st.lists(PARTS, min_size=1, max_size=4))
def test_text_and_key_are_one_to_one(parts: list[str]) -> None:
    key = dg.AssetKey(parts)
    assert dg.AssetKey(key.to_user_string()) == key
    assert dg.AssetKey(tuple(key.path)) == key
    assert hash(dg.AssetKey(key.path)) == hash(key)
    assert pickle.loads(pickle.dumps(key)) == key
    assert key.has_prefix(key.path[:1])


@given(st.text(max_size=30))
def test_any_text_is_a_key_or_an_error_and_never_leaves_the_folder(text: str) -> None:
    try:
        key = dg.AssetKey(text)
    except DefinitionError:
        return
    assert all(part and part[0] not in ".-" and "/" not in part and "\0" not in part for part in key.path)
    assert all(len(part.encode()) <= MAX_NAME_BYTES for part in key.path)


def test_composed_and_decomposed_letters_are_one_key() -> None:
    assert dg.AssetKey("café") == dg.AssetKey("cafe\u0301")


def test_keys_are_frozen_and_ordered_by_parts() -> None:
    with pytest.raises(AttributeError):
        dg.AssetKey("a").path2 = 1  # type: ignore[attr-defined]
    assert sorted([dg.AssetKey("a-b"), dg.AssetKey("a/b")]) == [dg.AssetKey("a/b"), dg.AssetKey("a-b")]


class Colour(enum.StrEnum):
    RED = "red"


class FakeScalar:
    """Quacks like a numpy scalar."""

    shape = ()

    def item(self) -> int:
        return 7


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", dg.MetadataValue.text("x")),
        (1, dg.MetadataValue.int(1)),
        (True, dg.MetadataValue.bool(True)),
        (1.5, dg.MetadataValue.float(1.5)),
        (None, dg.MetadataValue.null()),
        (Path("/a"), dg.MetadataValue.path("/a")),
        (dg.AssetKey("a/b"), dg.MetadataValue.asset("a/b")),
        ((1, 2), dg.MetadataValue.json([1, 2])),
        ({"a": [1]}, dg.MetadataValue.json({"a": [1]})),
        (Colour.RED, dg.MetadataValue.text("red")),
        (FakeScalar(), dg.MetadataValue.int(7)),
        ([FakeScalar()], dg.MetadataValue.json([7])),
        (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), dg.MetadataValue.timestamp(1767225600.0)),
        (2**80, dg.MetadataValue.int(2**80)),
    ],
)
def test_plain_values_become_metadata(value: object, expected: object) -> None:
    made = coerce_metadata({"x": value}, "asset `a`")["x"]
    assert made == expected
    assert type(made) is type(expected)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "cannot hold a value of type"),
        ({1, 2}, "cannot hold a value of type"),
        (dt.datetime(2026, 1, 1), "has no time zone"),  # noqa: DTZ001
        ({"a": object()}, "cannot be written as JSON"),
    ],
)
def test_other_values_are_one_line_errors_that_name_the_entry(value: object, words: str) -> None:
    with pytest.raises(MetadataError, match=f"metadata `x` of asset `a`: {words}") as caught:
        coerce_metadata({"x": value}, "asset `a`")
    assert "\n" not in caught.value.message


def test_the_placeholder_of_the_tutorial_gets_a_friendly_sentence() -> None:
    with pytest.raises(DefinitionError, match="placeholder"):
        dg.MaterializeResult(metadata={...})


def test_a_table_shows_its_schema() -> None:
    table = dg.MetadataValue.table([dg.TableRecord({"a": 1, "b": None}), dg.TableRecord({"a": 2, "b": "x"})])
    assert table.schema == dg.TableSchema.from_name_type_dict({"a": "int", "b": "string"})


@pytest.mark.parametrize("tags", [{"a b": "x"}, {"a": "x y"}, {"a": 1}, {1: "a"}, ["a"], "a", {"a": "x" * 64}])
def test_tags_that_are_refused(tags: object) -> None:
    with pytest.raises(DefinitionError):
        check_tags(tags, "asset `a`")


def test_tags_of_runs_may_be_what_json_can_say() -> None:
    tags = {"a": 1, "b": None, "c": {"d": [1]}, "e": "any text: it is"}
    assert check_run_tags(tags, "it") == {"a": "1", "b": "null", "c": '{"d": [1]}', "e": "any text: it is"}
    for wrong in ([1], {1: "a"}, {"a": object()}):
        with pytest.raises(DefinitionError):
            check_run_tags(wrong, "it")


def test_a_tag_may_say_a_kind() -> None:
    spec = dg.AssetSpec("a", tags={"dagster/kind/sql": "", "-x.y/z-": "-"}, kinds={"python"})
    assert spec.kinds == {"python", "sql"}


def test_an_owner_must_be_an_address_or_a_team() -> None:
    assert check_owners(["a@b.com", "team:x"], "asset `a`") == ("a@b.com", "team:x")
    with pytest.raises(DefinitionError) as caught:
        check_owners(["ingredients_team"], "asset `a`")
    assert caught.value.hint == "owners=['team:ingredients_team']"


def test_the_last_part_of_a_key_is_near_the_key() -> None:
    assert nearest("ingredint", ["bakery/ingredients", "z"]) == ["bakery/ingredients"]
