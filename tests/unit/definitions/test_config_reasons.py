"""What problems of config count as."""

import pytest

import orchestrator as dg
from orchestrator.definitions.config_schema import resolve_or_raise
from orchestrator.definitions.config_types import as_config_field
from orchestrator.errors import ConfigClassError, ConfigError


def reasons(schema: object, given: object) -> list[tuple[tuple[str, ...], str]]:
    with pytest.raises(ConfigError) as caught:
        resolve_or_raise(as_config_field(schema), given, "it")
    assert caught.value.config_value == given
    return [(one.path, one.reason.value) for one in caught.value.errors]


def test_fields_of_one_mapping_count_once() -> None:
    schema = {"a": {"x": int, "y": int}, "b": int}
    assert reasons(schema, {}) == [(("b",), "MISSING_REQUIRED_FIELDS")]
    assert reasons(schema, {"a": {}, "b": 1}) == [(("a", "y"), "MISSING_REQUIRED_FIELDS")]
    assert reasons(schema, {"a": {"x": 1}, "b": 1}) == [(("a", "y"), "MISSING_REQUIRED_FIELD")]
    assert reasons({"a": int}, {"a": "q", "z": 1, "y": 2}) == [
        (("a",), "RUNTIME_TYPE_MISMATCH"), (("y",), "FIELDS_NOT_DEFINED"),
    ]  # fmt: skip
    assert reasons([{"a": int}], [{"a": 1}, {}]) == [(("[1]", "a"), "MISSING_REQUIRED_FIELD")]


class Opaque: ...


def test_a_class_of_config_holds_no_objects() -> None:
    class Bad(dg.Config):
        thing: Opaque

    with pytest.raises(ConfigClassError, match="a field of type `Opaque`"):

        @dg.op
        def load(config: Bad) -> None: ...

    with pytest.raises(ConfigClassError, match="has no annotation"):

        @dg.asset
        def bare(config) -> None: ...


def test_a_nested_class_whose_fields_have_defaults_need_not_be_given() -> None:
    class Inner(dg.Config):
        n: int = 2

    class Outer(dg.Config):
        inner: Inner

    assert resolve_or_raise(Outer.config_schema_of_class(), {}, "it").inner == Inner(n=2)
