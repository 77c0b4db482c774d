"""The schema language: what it accepts, what it fills in, and what it says."""

import enum

import pytest

from orchestrator.definitions.config_scalars import BoolSource, Enum, EnumValue, IntSource, StringSource
from orchestrator.definitions.config_schema import MISSING, resolve_given, shown_path
from orchestrator.definitions.config_types import (
    Array,
    Field,
    Map,
    Noneable,
    Permissive,
    ScalarUnion,
    Selector,
    Shape,
    as_config_field,
)
from orchestrator.definitions.env import EnvVar, secrets
from orchestrator.errors import ArgumentError, ConfigDefinitionError, ConfigError, DefinitionError

ENV = {"TEXT": "hunter2-long", "NUMBER": "42", "FLAG": "true", "EMPTY": ""}


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@pytest.fixture(autouse=True)
def _forget():
    yield
    secrets.clear()


def resolve(schema, raw=MISSING):
    problems = []
    value = resolve_given(as_config_field(schema), raw, ("config",), problems, ENV)
    return value, [(shown_path(one.path), one.message, one.hint) for one in problems]


CHOICE = Selector({"a": {"x": int}, "b": {"y": Field(str, default_value="q")}, "c": Field(int, default_value=7)})
SHAPE = {
    "a": int,
    "b": Field(str, default_value="q", description="d"),
    "c": Field(int, is_required=False),
}
SOURCES = {"s": StringSource, "i": IntSource, "b": BoolSource}
COLOUR = Enum("Colour", [EnumValue("RED", Colour.RED), EnumValue("x")])


@pytest.mark.parametrize(
    ("schema", "raw", "value"),
    [
        (int, 3, 3),
        (float, 3, 3.0),
        (float, True, 1.0),
        (bool, True, True),
        (str, "a", "a"),
        (dict, {"a": 1}, {"a": 1}),
        (dict, MISSING, {}),
        (list, [1, "a"], [1, "a"]),
        (None, MISSING, None),
        (None, 5, 5),
        (SHAPE, {"a": 1}, {"a": 1, "b": "q"}),
        (SHAPE, {"a": 1, "c": 2, "b": "z"}, {"a": 1, "b": "z", "c": 2}),
        ({"b": Field(str, default_value="q"), "c": Field(int, is_required=False)}, MISSING, {"b": "q"}),
        ({"n": {"b": Field(str, default_value="q")}}, {}, {"n": {"b": "q"}}),
        ([int], [1, 2], [1, 2]),
        (Array(str), ["a"], ["a"]),
        ({"l": Field([int], default_value=[1])}, MISSING, {"l": [1]}),
        ({"a": Noneable(int)}, {}, {"a": None}),
        ({"a": Noneable(int)}, {"a": 1}, {"a": 1}),
        (Noneable({"a": Field(int, default_value=1)}), {}, {"a": 1}),
        (Field(Noneable(int), default_value=None), MISSING, None),
        (COLOUR, "RED", Colour.RED),
        (COLOUR, "x", "x"),
        (Field(Enum.from_python_enum(Colour), default_value="BLUE"), MISSING, Colour.BLUE),
        (Enum.from_python_enum_direct_values(Colour), "RED", 1),
        (CHOICE, {"a": {"x": 1}}, {"a": {"x": 1}}),
        (CHOICE, {"b": {}}, {"b": {"y": "q"}}),
        (CHOICE, {"b": None}, {"b": {"y": "q"}}),
        (Selector({"b": {"y": Field(str, default_value="q")}}), MISSING, {"b": {"y": "q"}}),
        (Permissive({"a": int}), {"a": 1, "z": {"b": 2}}, {"a": 1, "z": {"b": 2}}),
        (Permissive(), MISSING, {}),
        (Map(str, int), {"a": 1}, {"a": 1}),
        (Map(int, str), {1: "b"}, {1: "b"}),
        ({str: int}, {"a": 1}, {"a": 1}),
        (ScalarUnion(scalar_type=int, non_scalar_schema={"a": int}), 3, 3),
        (ScalarUnion(scalar_type=int, non_scalar_schema={"a": int}), {"a": 3}, {"a": 3}),
        (Shape({"a": int}, field_aliases={"a": "A"}), {"A": 1}, {"a": 1}),
        (
            SOURCES,
            {"s": {"env": "TEXT"}, "i": {"env": "NUMBER"}, "b": {"env": "FLAG"}},
            {"s": "hunter2-long", "i": 42, "b": True},
        ),
        (SOURCES, {"s": {"env": "EMPTY"}, "i": 1, "b": {"env": "EMPTY"}}, {"s": "", "i": 1, "b": False}),
        (
            SOURCES,
            {"s": EnvVar("TEXT"), "i": EnvVar.int("NUMBER"), "b": False},
            {"s": "hunter2-long", "i": 42, "b": False},
        ),
    ],
)
def test_config_that_fits_becomes_the_value(schema, raw, value):
    assert resolve(schema, raw) == (value, [])


@pytest.mark.parametrize(
    ("schema", "raw", "problems"),
    [
        (int, "3", [("config", "expected int, got the text '3'", None)]),
        (int, True, [("config", "expected int, got true", None)]),
        (int, 3.0, [("config", "expected int, got the number 3.0", None)]),
        (bool, 1, [("config", "expected bool, got the number 1", None)]),
        (str, None, [("config", "expected text, got null", None)]),
        (int, MISSING, [("config", "`config` is required and not given; expected int", "for example config: 0")]),
        (
            SHAPE,
            {"zz": 2, "b": 1},
            [
                ("config.a", "`a` is required and not given; expected int", "for example config: {a: 0}"),
                ("config.b", "expected text, got the number 1", None),
                ("config.zz", "there is no `zz` here; expected `a`, `b`, `c`", None),
            ],
        ),
        (
            {"limit": int},
            {"limit": 1, "limt": 2},
            [("config.limt", "there is no `limt` here; expected `limit`", "did you mean `limit`?")],
        ),
        ([int], [1, "a"], [("config[1]", "expected int, got the text 'a'", None)]),
        ([int], 3, [("config", "expected a list, [int], got the number 3", None)]),
        (COLOUR, "RD", [("config", "expected one of RED, x, got the text 'RD'", "did you mean `RED`?")]),
        (CHOICE, {}, [("config", "expected exactly one of a, b, c; got none", None)]),
        (CHOICE, {"a": {"x": 1}, "b": {}}, [("config", "expected exactly one of a, b, c; got a, b", None)]),
        (CHOICE, {"z": 1}, [("config.z", "there is no `z` here; expected `a`, `b`, `c`", None)]),
        (CHOICE, {"c": None}, [("config.c", "expected int, got null", None)]),
        (Map(str, int), {"a": "b"}, [("config.a", "expected int, got the text 'b'", None)]),
        (Map(str, int), {1: 1}, [("config.1", "expected text, got the number 1", None)]),
        (
            StringSource,
            {"env": "TEXTT"},
            [("config", "the environment variable `TEXTT` is not set", "did you mean `TEXT`?")],
        ),
        (
            StringSource,
            {"envv": "TEXT"},
            [("config.envv", "there is no `envv` here; expected `env`", "did you mean `env`?")],
        ),
        (IntSource, {"env": "TEXT"}, [("config", "the environment variable `TEXT` holds no whole number", None)]),
        ({}, {"a": 1}, [("config.a", "there is no `a` here; nothing can be given", None)]),
        (
            Field({"a": Field(int, default_value=1)}, is_required=True),
            MISSING,
            [("config", "`config` is required and not given; expected {a?: int}", "for example config: {}")],
        ),
    ],
)
def test_every_problem_says_where_what_was_expected_and_what_was_found(schema, raw, problems):
    assert resolve(schema, raw)[1] == problems


@pytest.mark.parametrize("schema", [3, object(), [int, str], [], tuple, Colour, {"a": {"b": set}}])
def test_what_stands_for_no_schema_is_refused(schema):
    with pytest.raises((ConfigDefinitionError, DefinitionError), match="is no config schema"):
        as_config_field(schema)


@pytest.mark.parametrize("schema", [list[int], dict[str, int], int | None])
def test_constructs_of_typing_are_refused_with_what_to_write(schema):
    with pytest.raises(DefinitionError, match=r"write \[int\]"):
        as_config_field(schema)


def test_a_default_that_does_not_fit_is_found_where_it_is_written():
    with pytest.raises(ConfigError, match="expected int, got the text 'x'"):
        Field(int, default_value="x")
    with pytest.raises(DefinitionError, match="is no config schema"):
        Field(object())
    with pytest.raises(ArgumentError, match="cannot be required"):
        Field(int, default_value=1, is_required=True)
    with pytest.raises(DefinitionError, match="written as its name"):
        Field(Enum.from_python_enum(Colour), default_value=Colour.RED)
    assert Field(StringSource, default_value={"env": "NOT_SET"}).default == {"env": "NOT_SET"}


def test_a_schema_as_data():
    field = as_config_field({**SHAPE, "colour": COLOUR, "tags": [str], "one": CHOICE}).describe()
    assert (field.kind, field.required) == ("fields", True)
    assert [(one.name, one.kind, one.type, one.required, one.default) for one in field.children] == [
        ("a", "scalar", "int", True, None),
        ("b", "scalar", "text", False, '"q"'),
        ("c", "scalar", "int", False, None),
        ("colour", "scalar", "one of RED, x", True, None),
        ("tags", "list", "[text]", True, None),
        ("one", "choice", "one of {a: {x: int}, b?: {y?: text}, c?: int}", True, None),
    ]
    assert field.children[1].description == "d"
    assert field.children[3].choices == ("RED", "x")
    assert [one.name for one in field.children[5].children] == ["a", "b", "c"]


def test_what_was_read_from_the_environment_is_hidden_in_text():
    resolve(StringSource, {"env": "TEXT"})
    assert secrets.redact("token=hunter2-long;") == "token=<TEXT>;"
    assert secrets.redact("hunter2-longer") == "<TEXT>er"


def test_short_values_are_hidden_only_as_words():
    secrets.add("STAGE", "prod")
    secrets.add("ONE", "1")
    assert secrets.redact("prod production 1") == "<STAGE> production 1"
