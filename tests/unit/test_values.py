"""Stored values outside a run."""

from pathlib import Path
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.errors import MissingResourceError, StoredValueError, UnknownNameError, UnsupportedParameterError


@dg.asset(key_prefix="shop")
def cakes() -> list[int]:
    return [1, 2]


def test_what_a_run_stored_can_be_loaded() -> None:
    defs = dg.Definitions(assets=[cakes])
    with dg.Instance.ephemeral() as instance:
        with pytest.raises(StoredValueError):
            defs.load_asset_value("shop/cakes", instance=instance)
        dg.materialize([cakes], instance=instance)
        assert defs.load_asset_value(["shop", "cakes"], instance=instance) == [1, 2]
        with defs.get_asset_value_loader(instance) as loader:
            assert loader.load_asset_value(dg.AssetKey("shop/cakes")) == [1, 2]


def test_the_home_of_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    defs = dg.Definitions(assets=[cakes])
    monkeypatch.chdir(tmp_path)
    with dg.Instance.open(tmp_path / ".orch") as instance:
        dg.materialize([cakes], instance=instance)
    assert defs.load_asset_value("shop/cakes") == [1, 2]
    monkeypatch.setenv("ORCH_HOME", str(tmp_path / "other"))
    with pytest.raises(StoredValueError):
        defs.load_asset_value("shop/cakes")


def test_names_that_are_wrong() -> None:
    defs = dg.Definitions(assets=[cakes, dg.AssetSpec("water", metadata={"dagster/io_manager_key": "well"})])
    with pytest.raises(UnknownNameError) as caught:
        defs.load_asset_value("cake")
    assert caught.value.hint == "did you mean `shop/cakes`?"
    with pytest.raises(MissingResourceError, match="`water` is stored by the IO manager `well`"):
        defs.load_asset_value("water")
    with pytest.raises(UnsupportedParameterError):
        defs.load_asset_value("water", partition_key="2026")


def test_what_the_io_manager_is_told() -> None:
    contexts: list[dg.InputContext] = []

    class Tells(dg.IOManager):
        def handle_output(self, context: dg.OutputContext, obj: Any) -> None: ...

        def load_input(self, context: dg.InputContext) -> Any:
            contexts.append(context)
            return 5

    spec = dg.AssetSpec("water", metadata={"dagster/io_manager_key": "well", "depth": 3})
    defs = dg.Definitions(assets=[cakes, spec], resources={"io_manager": Tells(), "well": Tells()})
    assert defs.load_asset_value("shop/cakes", python_type=int, metadata={"columns": ["a"]}) == 5
    assert defs.load_asset_value("water") == 5
    first, second = contexts
    assert first.asset_key == dg.AssetKey("shop/cakes")
    assert not first.has_input_name
    assert first.definition_metadata == {"columns": ["a"]}
    assert first.dagster_type.typing_type is int
    assert first.upstream_output is not None
    assert first.upstream_output.name == "result"
    assert second.upstream_output is not None
    assert second.upstream_output.definition_metadata["depth"] == 3
