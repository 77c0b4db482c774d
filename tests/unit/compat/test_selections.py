"""Selections in code that speaks Dagster's dialect."""

import pytest

import orchestrator as dg
from orchestrator.errors import SubsetError, UnreadableSelectionError


@dg.asset(group_name="g")
def a() -> None: ...


@dg.asset(deps=[a, "outside"])
def b() -> None: ...


ASSETS = [a, b, dg.AssetSpec("outside", group_name="g")]


def _keys(selection: dg.AssetSelection) -> str:
    return " ".join(sorted(key.to_user_string() for key in selection.resolve(ASSETS)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("group:g", "a"),
        ("group:nope", ""),
        ("key:nope", ""),
        ("outside", "outside"),
        ('key:"*"', "a b outside"),
        ("+key:b", "a b"),
        ("key:outside+", "b outside"),
        ("not key:a", "b"),
        ("key:a+0", "a"),
    ],
)
@pytest.mark.usefixtures("dialect")
def test_what_text_selects(text: str, expected: str) -> None:
    assert _keys(dg.AssetSelection.from_string(text)) == expected


@pytest.mark.parametrize("text", ["", "a and b", "not a", "a, b", "'a'", "key:a++", "nope:a", "is:stale", "key:*"])
@pytest.mark.usefixtures("dialect")
def test_what_text_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSelectionError):
        dg.AssetSelection.from_string(text)


@pytest.mark.usefixtures("dialect")
def test_external_assets_count_where_they_are_asked_for() -> None:
    assert _keys(dg.AssetSelection.groups("g")) == "a"
    assert _keys(dg.AssetSelection.groups("g", include_sources=True)) == "a outside"
    assert str(dg.AssetSelection.groups("g") - dg.AssetSelection.assets("a")) == 'group:"g" and not key:"a"'
    with pytest.raises(SubsetError):
        _keys(dg.AssetSelection.assets("nope"))


@pytest.mark.usefixtures("dialect")
def test_lists_hold_one_kind_of_thing() -> None:
    for wrong in ({"a"}, [a, "b"], a, 3):
        with pytest.raises(UnreadableSelectionError):
            dg.AssetSelection.from_coercible(wrong)
