"""IO managers that functions make."""

from pathlib import Path
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.definitions.configurable_resource import ConfigurableIOManager, ConfigurableIOManagerFactory
from orchestrator.definitions.env import EnvVar
from orchestrator.definitions.io import loads_values, stores_values
from orchestrator.definitions.resource_definitions import InitResourceContext, resource
from orchestrator.errors import (
    DefinitionError,
    ExecutionError,
    InvocationError,
    ResourceError,
    UnsupportedParameterError,
)
from orchestrator.execution.build_init_context import build_init_resource_context
from orchestrator.execution.resources import build_resources


class Shelf(dg.IOManager):
    def __init__(self, label: str = "") -> None:
        self.label = label
        self.values: dict[str, Any] = {}

    def handle_output(self, context: dg.OutputContext, obj: Any) -> None:
        self.values["/".join(context.asset_key.path)] = obj

    def load_input(self, context: dg.InputContext) -> Any:
        return self.values["/".join(context.asset_key.path)]


@dg.io_manager
def plain() -> Shelf:
    """A shelf."""
    return Shelf()


@dg.io_manager(config_schema={"label": str}, required_resource_keys={"room"}, description="d", version="1")
def labelled(context: InitResourceContext) -> Shelf:
    return Shelf(f"{context.resource_config['label']} in {context.resources.room}")


def test_a_function_makes_an_io_manager() -> None:
    assert isinstance(plain, dg.IOManagerDefinition)
    assert plain.description == "A shelf."
    assert labelled.description == "d"
    assert labelled.required_resource_keys == {"room"}
    context = build_init_resource_context(config={"label": "flour"}, resources={"room": "cellar"})
    assert labelled(context).label == "flour in cellar"
    assert isinstance(plain(), Shelf)
    with pytest.raises(InvocationError):
        labelled()


def test_it_is_made_for_a_run_and_configured() -> None:
    definitions = {"room": "attic", "shelf": labelled.configured({"label": "sugar"}), "plain": plain}
    with build_resources(definitions) as resources:
        assert resources.shelf.label == "sugar in attic"
        assert isinstance(resources.plain, Shelf)
    assert isinstance(definitions["shelf"], dg.IOManagerDefinition)


def test_what_it_makes_is_checked() -> None:
    @dg.io_manager
    def wrong() -> int:
        return 5

    with (
        pytest.raises(
            ResourceError,
            match="`wrong` raised ArgumentError while it was set up: `wrong` must make an object with handle_output and load_input, it made 5",
        ),
        build_resources({"wrong": wrong}),
    ):
        pass


def test_a_generator_cleans_up() -> None:
    said: list[str] = []

    @dg.io_manager
    def shelf() -> Any:
        yield Shelf()
        said.append("gone")

    with build_resources({"shelf": shelf}) as resources:
        assert isinstance(resources.shelf, Shelf)
        assert said == []
    assert said == ["gone"]


def test_a_function_loads_inputs() -> None:
    @dg.input_manager
    def five() -> int:
        return 5

    @dg.input_manager(config_schema={"unit": str}, input_config_schema={"n": int})
    def named(context: dg.InputContext) -> str:
        return context.name

    assert named.input_config_schema is not None
    with build_resources({"five": five, "named": named.configured({"unit": "g"})}) as resources:
        assert resources.five.load_input(dg.build_input_context()) == 5
        assert resources.named.load_input(dg.build_input_context(name="x")) == "x"


def test_hardcoded() -> None:
    shelf = Shelf()
    with build_resources({"shelf": dg.IOManagerDefinition.hardcoded_io_manager(shelf)}) as resources:
        assert resources.shelf is shelf


def test_what_can_be_an_io_manager() -> None:
    class Duck:
        def handle_output(self, context: Any, obj: Any) -> None: ...
        def load_input(self, context: Any) -> None: ...

    @dg.input_manager
    def loader() -> None: ...

    @resource
    def other() -> None: ...

    class Configured(ConfigurableIOManager):
        def handle_output(self, context: Any, obj: Any) -> None: ...
        def load_input(self, context: Any) -> None: ...

    class Factory(ConfigurableIOManagerFactory[Shelf]):
        def create_io_manager(self, context: Any) -> Shelf:
            return Shelf()

    good = [
        Shelf(),
        Duck(),
        plain,
        Configured(),
        Factory(),
        Configured.configure_at_launch(),
        Factory.configure_at_launch(),
    ]
    assert all(stores_values(one) and loads_values(one) for one in good)
    assert loads_values(loader)
    assert not stores_values(loader)
    assert not any(stores_values(one) or loads_values(one) for one in (5, Shelf, other, Factory))


def test_the_built_in_ones_as_definitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELF", str(tmp_path / "c"))
    definitions = {
        "memory": dg.mem_io_manager,
        "home": dg.fs_io_manager,
        "here": dg.fs_io_manager.configured({"base_dir": str(tmp_path / "a")}),
        "late": dg.fs_io_manager.configured({"base_dir": {"env": "SHELF"}}),
    }
    homes = [one.value_home for one in definitions.values()]
    assert homes == ["memory", "home", "elsewhere", "elsewhere"]
    assert dg.FilesystemIOManager.configure_at_launch() is dg.fs_io_manager
    with build_resources(definitions) as resources:
        assert isinstance(resources.memory, dg.InMemoryIOManager)
        for name in ("here", "late"):
            getattr(resources, name).handle_output(dg.build_output_context(asset_key="x"), 1)
        resources.home.within(str(tmp_path / "b")).handle_output(dg.build_output_context(asset_key="x"), 1)
    assert sorted(path.parent.name for path in tmp_path.rglob("*.pickle")) == ["a", "b", "c"]
    with build_resources({"memory": dg.mem_io_manager}) as again:
        assert again.memory is not resources.memory


def test_places_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import polars as pl

    managers = [
        dg.FilesystemIOManager(EnvVar("SHELF_A")),
        dg.ParquetIOManager(EnvVar("SHELF_B")),
        dg.DuckDBIOManager(EnvVar("SHELF_C")),
    ]
    frame = pl.DataFrame({"a": [1]})
    for manager in managers:
        with pytest.raises(ExecutionError, match=r"the environment variable `SHELF_.` is not set"):
            manager.handle_output(dg.build_output_context(asset_key="x"), frame)
    for letter in "ABC":
        monkeypatch.setenv(f"SHELF_{letter}", str(tmp_path / letter))
    for manager in managers:
        for placed in (manager, manager.within(str(tmp_path / "home"))):
            placed.handle_output(dg.build_output_context(asset_key="x"), frame)
            assert placed.load_input(dg.build_input_context(asset_key="x")).height == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["A", "B", "C"]


def test_contexts_for_tests() -> None:
    said: list[str] = []

    @resource
    def room() -> Any:
        yield "cellar"
        said.append("closed")

    output = dg.build_output_context("s", "n", {"a": 1}, "r", asset_key=["x", "y"], resources={"room": "attic"})
    assert output.get_identifier() == ["r", "s", "n"]
    assert output.metadata == {"a": 1}
    assert output.asset_key == dg.AssetKey("x/y")
    assert output.resources.room == "attic"
    assert output.resource_config == {}
    with dg.build_input_context(name="n", upstream_output=output, resources={"room": room}) as context:
        assert context.resources.room == "cellar"
        assert context.get_identifier() == ["r", "s", "n"]
        assert said == []
    assert said == ["closed"]
    assert dg.build_input_context(metadata={"b": 2}).definition_metadata == {"b": 2}
    with dg.build_output_context() as empty:
        assert empty.run_id == "__EPHEMERAL_RUN_ID"
    with pytest.raises(DefinitionError, match="not both"):
        dg.build_output_context(metadata={}, definition_metadata={})
    assert dg.build_input_context(partition_key="2026").partition_key == "2026"
    with pytest.raises(UnsupportedParameterError, match="takes no parameter `nam`"):
        dg.build_output_context(nam="x")  # type: ignore[arg-type]
