"""The values user code returns, yields and logs."""

import pickle
from collections.abc import Callable

import pytest

import orchestrator as dg
from orchestrator.errors import DefinitionError, MetadataError, UnsupportedParameterError

ONE = {"a": 1}
COERCED = {"a": dg.MetadataValue.int(1)}
VERSION = dg.DataVersion("v1")


def test_output() -> None:
    output = dg.Output(5, "out", ONE, VERSION, tags={"k": "v"})
    assert (output.value, output.output_name, output.data_version, output.tags) == (5, "out", VERSION, {"k": "v"})
    assert output.metadata == output.recorded_metadata == COERCED
    assert dg.Output(5).output_name == "result"
    assert dg.Output(5) == dg.Output(5) != dg.Output(6)
    assert dg.Output(5, metadata=ONE).with_metadata({"b": 2}) == dg.Output(5, metadata={"b": 2})
    assert "value=5" in repr(output)
    assert dg.Output(5) != dg.DynamicOutput(5, "a")


def test_dynamic_output() -> None:
    output = dg.DynamicOutput(5, "k", metadata=ONE)
    assert (output.value, output.mapping_key, output.output_name) == (5, "k", "result")
    assert output.metadata == COERCED
    assert output == dg.DynamicOutput(5, mapping_key="k", metadata=ONE) != dg.DynamicOutput(5, "j", metadata=ONE)
    assert dg.DynamicOutput(5, "1").mapping_key == "1"


@pytest.mark.parametrize("key", ["", "a b", "a-b", "a.b", "a/b", "a[0]", 1, None])
def test_a_mapping_key_becomes_part_of_a_step_name(key: str) -> None:
    with pytest.raises(DefinitionError, match="mapping key"):
        dg.DynamicOutput(5, key)


def test_materialize_result() -> None:
    result = dg.MaterializeResult(asset_key=["a", "b"], metadata=ONE, data_version=VERSION, tags={"k": "v"}, value=5)
    assert result.asset_key == dg.AssetKey(["a", "b"])
    assert result.metadata == ONE  # as given: tests of users compare it
    assert result.recorded_metadata == COERCED
    assert (result.value, result.data_version, result.tags) == (5, VERSION, {"k": "v"})
    assert dg.MaterializeResult(metadata=ONE) == dg.MaterializeResult(None, ONE) != dg.MaterializeResult(value=1)
    assert (dg.MaterializeResult().metadata, dg.MaterializeResult().tags) == (None, None)
    assert dg.MaterializeResult(value=None).value is None
    with pytest.raises(UnsupportedParameterError, match="check_results"):
        dg.MaterializeResult(check_results=[object()])


def test_observe_result() -> None:
    result = dg.ObserveResult("a", ONE, data_version=VERSION)
    assert (result.asset_key, result.metadata, result.recorded_metadata) == (dg.AssetKey("a"), ONE, COERCED)
    assert result == dg.ObserveResult(asset_key="a", metadata=ONE, data_version=VERSION)
    assert dg.ObserveResult("a") != dg.MaterializeResult("a")


def test_materialization_of_any_asset() -> None:
    made = dg.AssetMaterialization("a/b", "words", ONE, "2026-01-01", {"k": "v"})
    assert made.asset_key == dg.AssetKey(["a", "b"])
    assert made.metadata == COERCED
    assert (made.description, made.partition, made.tags, made.label) == ("words", "2026-01-01", {"k": "v"}, "a b")
    assert made == dg.AssetMaterialization(["a", "b"], "words", ONE, "2026-01-01", {"k": "v"})
    assert made.with_metadata({}) == dg.AssetMaterialization("a/b", "words", {}, "2026-01-01", {"k": "v"})
    assert dg.AssetMaterialization("a").tags is None
    assert pickle.loads(pickle.dumps(made)) == made


def test_materialization_of_a_file() -> None:
    assert dg.AssetMaterialization.file("/data/in/x_1") == dg.AssetMaterialization(
        ["data", "in", "x_1"], metadata={"path": dg.MetadataValue.path("/data/in/x_1")}
    )
    assert dg.AssetMaterialization.file("/x", "words", "k").asset_key == dg.AssetKey("k")


def test_observation_of_any_asset() -> None:
    seen = dg.AssetObservation("a", metadata=ONE, partition="p")
    assert (seen.asset_key, seen.metadata, seen.partition, seen.tags) == (dg.AssetKey("a"), COERCED, "p", {})


def test_expectation() -> None:
    met = dg.ExpectationResult(success=True, metadata=ONE)
    assert (met.success, met.label, met.metadata) == (True, "result", COERCED)
    with pytest.raises(DefinitionError, match="`success`"):
        dg.ExpectationResult(success=1)  # type: ignore[arg-type]


def test_data_versions_and_provenance() -> None:
    assert {dg.DataVersion("a"), dg.DataVersion("a")} == {dg.DataVersion("a")}
    assert repr(VERSION) == "DataVersion(value='v1')"
    with pytest.raises(DefinitionError, match="string"):
        dg.DataVersion(1)  # type: ignore[arg-type]
    key = dg.AssetKey("a")
    known = dg.DataProvenance("c1", {key: VERSION}, {key: 7}, is_user_provided=True)
    assert known.has_input_asset(key)
    assert not known.has_input_asset(dg.AssetKey("b"))


MAKERS: dict[str, Callable[..., object]] = {
    "an Output": lambda **words: dg.Output(1, **words),
    "a DynamicOutput": lambda **words: dg.DynamicOutput(1, "k", **words),
    "a MaterializeResult": dg.MaterializeResult,
    "an ObserveResult": dg.ObserveResult,
    "an AssetMaterialization": lambda **words: dg.AssetMaterialization("a", **words),
    "an AssetObservation": lambda **words: dg.AssetObservation("a", **words),
    "an ExpectationResult": lambda **words: dg.ExpectationResult(success=True, **words),
    "a TypeCheck": lambda **words: dg.TypeCheck(success=True, **words),
}


@pytest.mark.parametrize("where", MAKERS)
def test_bad_metadata_is_named(where: str) -> None:
    make = MAKERS[where]
    # these two check their arguments before they are recorded
    expected = DefinitionError if where in ("a MaterializeResult", "an ObserveResult") else MetadataError
    with pytest.raises(expected, match=f"metadata `x` of {where}: cannot hold"):
        make(metadata={"x": object()})
    with pytest.raises(DefinitionError, match=f"metadata of {where} must be a dict, got list"):
        make(metadata=[1])
    with pytest.raises(DefinitionError, match=rf"metadata of {where} is the placeholder `\{{\.\.\.\}}`"):
        make(metadata={...})


@pytest.mark.parametrize("make", [lambda **words: dg.Output(1, **words), dg.MaterializeResult, dg.ObserveResult])
def test_other_wrong_arguments(make: Callable[..., object]) -> None:
    with pytest.raises(DefinitionError, match="tag `a`"):
        make(tags={"a": 1})
    with pytest.raises(DefinitionError, match="must be a DataVersion, got 'x'"):
        make(data_version="x")
    with pytest.raises(TypeError):
        make(foo=1)
    with pytest.raises(DefinitionError, match="output_name"):
        dg.Output(1, output_name=None)  # type: ignore[arg-type]
    with pytest.raises(DefinitionError, match="asset key"):
        dg.MaterializeResult(asset_key=3)  # type: ignore[arg-type]
