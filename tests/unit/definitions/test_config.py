"""Classes of `Config`: what run config may say for them, and what user code gets."""

import enum
from datetime import date
from typing import Annotated, Any, Literal, Optional, Union

import pytest
from pydantic import Field, SecretStr, field_validator

from orchestrator.definitions.config import Config, PermissiveConfig
from orchestrator.definitions.config_schema import MISSING, resolve_given, resolve_or_raise, shown_path
from orchestrator.definitions.env import EnvVar, secrets
from orchestrator.errors import ConfigError, InvocationError

ENV = {"TOKEN": "hunter2-long", "PORT": "5432", "NEGATIVE": "-77777"}


class Colour(enum.Enum):
    RED = "r"
    BLUE = "b"


class Cat(Config):
    kind: Literal["cat"] = "cat"
    meows: int = 1


class Dog(Config):
    kind: Literal["dog"] = "dog"
    barks: float


class Inner(Config):
    a: int = 3
    b: str


class Everything(Config):
    """What a load does."""

    limit: int = Field(description="how many")
    ratio: float = 2.5
    note: Optional[str]  # noqa: UP045  as older code says it
    colour: Colour = Colour.RED
    inner: Inner = Inner(b="q")
    numbers: list[int] = [1]
    by_name: dict[str, Inner] = {}
    pet: Union[Cat, Dog] = Field(default=Cat(), discriminator="kind")  # noqa: UP007
    mode: Literal["fast", "slow"] = "fast"
    anything: Any = None
    made: list[int] = Field(default_factory=lambda: [7])
    renamed: int = Field(default=1, alias="other")
    day: date = date(2024, 1, 2)

    @field_validator("limit")
    @classmethod
    def _positive(cls, value: int) -> int:
        if value < 0:
            raise ValueError("must be positive")
        return value


@pytest.fixture(autouse=True)
def _forget():
    yield
    secrets.clear()


def resolve(model, raw=MISSING):
    problems = []
    value = resolve_given(model.config_schema_of_class(), raw, ("config",), problems, ENV)
    return value, [(shown_path(one.path), one.message, one.hint) for one in problems]


@pytest.mark.parametrize(
    ("given", "field", "value"),
    [
        ({}, "ratio", 2.5),
        ({"ratio": 3}, "ratio", 3.0),
        ({}, "note", None),
        ({"note": None}, "note", None),
        ({"colour": "BLUE"}, "colour", Colour.BLUE),
        ({"inner": {"a": 1}}, "inner", Inner(a=1, b="q")),
        ({"numbers": [1, 2]}, "numbers", [1, 2]),
        ({"by_name": {"x": {"b": "1"}}}, "by_name", {"x": Inner(b="1")}),
        ({}, "pet", Cat()),
        ({"pet": {"dog": {"barks": 1}}}, "pet", Dog(barks=1.0)),
        ({"pet": {"cat": None}}, "pet", Cat()),
        ({"pet": {"kind": "dog", "barks": 1}}, "pet", Dog(barks=1.0)),
        ({"pet": Dog(barks=2)}, "pet", Dog(barks=2.0)),
        ({"anything": [{"b": 1}]}, "anything", [{"b": 1}]),
        ({}, "made", [7]),
        ({"other": 3}, "renamed", 3),
        ({"day": "2024-03-04"}, "day", date(2024, 3, 4)),
        ({"limit": {"env": "PORT"}}, "limit", 5432),
        ({"limit": EnvVar.int("PORT")}, "limit", 5432),
        ({"note": {"env": "TOKEN"}}, "note", "hunter2-long"),
    ],
)
def test_config_becomes_an_instance(given, field, value):
    made, problems = resolve(Everything, {"limit": 1, **given})
    assert problems == []
    assert getattr(made, field) == value
    assert type(getattr(made, field)) is type(value)


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"limit": "1"}, [("config.limit", "expected int, got the text '1'", None)]),
        ({"limit": True}, [("config.limit", "expected int, got true", None)]),
        ({"limit": None}, [("config.limit", "expected int, got null", None)]),
        ({"limit": MISSING}, [("config.limit", "`limit` is required and not given; expected int", "for example config: {limit: 0}")]),
        ({"colour": "b"}, [("config.colour", "expected one of RED, BLUE, got the text 'b'", None)]),
        ({"mode": "fas"}, [("config.mode", "expected one of fast, slow, got the text 'fas'", "did you mean `fast`?")]),
        ({"by_name": {"x": {}}}, [("config.by_name.x.b", "`b` is required and not given; expected text", "for example config: {by_name: {x: {b: ...}}}")]),
        ({"pet": {"bird": {}}}, [("config.pet.bird", "there is no `bird` here; expected `cat`, `dog`", None)]),
        ({"pet": {"kind": "dg"}}, [("config.pet.kind", "expected one of cat, dog, got the text 'dg'", "did you mean `dog`?")]),
        ({"pet": {"dog": {"barks": "x"}}}, [("config.pet.dog.barks", "expected float, got the text 'x'", None)]),
        ({"pet": {}}, [("config.pet", "expected exactly one of cat, dog; got none", None)]),
        ({"limit": -1}, [("config.limit", "must be positive; got the number -1", None)]),
        ({"limit": {"env": "NEGATIVE"}}, [("config.limit", "must be positive", None)]),
        ({"limit": {"env": "TOKEN"}}, [("config.limit", "the environment variable `TOKEN` holds no whole number", None)]),
        ({"note": {"env": "TOKN"}}, [("config.note", "the environment variable `TOKN` is not set", "did you mean `TOKEN`?")]),
    ],
)  # fmt: skip
def test_every_problem_says_where_what_was_expected_and_what_was_found(given, problems):
    raw = {key: value for key, value in {"limit": 1, **given}.items() if value is not MISSING}
    assert resolve(Everything, raw) == (None, problems)


def test_all_problems_come_at_once_and_name_the_nearest_field():
    raw = {"limit": "s", "limti": 2, "inner": {"a": "x"}, "numbers": ["a", 2]}
    with pytest.raises(ConfigError) as caught:
        resolve_or_raise(Everything.config_schema_of_class(), raw, "op `load`", ENV)
    assert [shown_path(one.path) for one in caught.value.problems] == ["limit", "inner.a", "numbers[0]", "limti"]
    assert caught.value.problems[-1].hint == "did you mean `limit`?"
    assert "the config of op `load` is not valid:\n  1. limit: expected int, got the text 's'" in str(caught.value)


def test_environment_variables_in_defaults_are_read_in_the_run():
    class Late(Config):
        token: str = EnvVar("TOKEN")
        many: list[Inner] = [Inner(b=EnvVar("TOKEN"))]
        port: Annotated[int, Field(gt=10)] = EnvVar.int("PORT")

    made, problems = resolve(Late)
    assert problems == []
    assert (made.token, made.many[0].b, made.port) == ("hunter2-long", "hunter2-long", 5432)
    assert Late.config_schema_of_class().describe().children[0].default == '{"env": "TOKEN"}'


def test_fields_take_environment_variables_without_checking_them():
    class Strict(Config):
        port: int = Field(gt=10)
        name: str = Field(min_length=30)
        tags: list[str] = []
        password: SecretStr = SecretStr("")

    late = Strict(port=EnvVar.int("PORT"), name=EnvVar("TOKEN"), tags=["a", EnvVar("TOKEN")], password=EnvVar("TOKEN"))
    assert late.to_raw_config() == {
        "port": {"env": "PORT"},
        "name": {"env": "TOKEN"},
        "tags": ["a", {"env": "TOKEN"}],
        "password": {"env": "TOKEN"},
    }
    value, problems = resolve(Strict, late)
    assert value is None
    assert problems == [("config.name", "String should have at least 30 characters", None)]
    made, problems = resolve(Strict, late.model_copy(update={"name": "x" * 30}))
    assert problems == []
    assert made.password.get_secret_value() == "hunter2-long"


def test_an_instance_written_as_run_config_gives_the_instance_again():
    written = Everything(limit=1, colour=Colour.BLUE, pet=Dog(barks=2), by_name={"x": Inner(b="1")}, other=5)
    raw = written.to_raw_config()
    assert raw["colour"] == "BLUE"
    assert raw["pet"] == {"dog": {"barks": 2.0}}
    assert raw["other"] == 5
    assert resolve(Everything, raw) == (written, [])


def test_a_class_called_directly_reads_names_and_kinds_as_run_config_does():
    made = Everything(limit=1, colour="BLUE", pet={"dog": {"barks": 2}})
    assert (made.colour, made.pet, made.note) == (Colour.BLUE, Dog(barks=2), None)


def test_config_is_frozen():
    with pytest.raises(InvocationError, match="`a` of Inner cannot be set"):
        Inner(b="x").a = 3


def test_permissive_config_keeps_other_fields():
    class Open(PermissiveConfig):
        n: int

    made, problems = resolve(Open, {"n": 3, "z": [1, {"a": 2}]})
    assert problems == []
    assert made.z == [1, {"a": 2}]
    assert made.model_dump() == {"n": 3, "z": [1, {"a": 2}]}


def test_a_class_as_data():
    described = Everything.config_schema_of_class().describe("config")
    fields = {one.name: one for one in described.children}
    assert (described.kind, described.required, described.description) == ("fields", True, "What a load does.")
    assert (fields["limit"].type, fields["limit"].required, fields["limit"].description) == ("int", True, "how many")
    assert fields["colour"].choices == ("RED", "BLUE")
    assert fields["inner"].default == '{"a": 3, "b": "q"}'
    assert fields["pet"].kind == "choice"
    assert [(one.name, [field.name for field in one.children]) for one in fields["pet"].children] == [
        ("cat", ["meows"]),
        ("dog", ["barks"]),
    ]
    assert fields["day"].default == '"2024-01-02"'
    assert fields["other"].required is False


def test_lazy_annotations_change_nothing():
    namespace: dict[str, Any] = {"Config": Config, "EnvVar": EnvVar, "__name__": __name__}
    exec(
        "from __future__ import annotations\nclass Written(Config):\n    limit: int\n    note: str | None\n", namespace
    )
    made, problems = resolve(namespace["Written"], {"limit": 3})
    assert problems == []
    assert (made.limit, made.note) == (3, None)
