"""Assets that are made elsewhere and looked at here."""

import pytest

import orchestrator as dg
from orchestrator.errors import DefinitionError, ObservationError


def observed(result: dg.ExecuteInProcessResult) -> list[tuple[str, str | None]]:
    events = result.get_asset_observation_events()
    return [(event.asset_key.to_user_string(), event.event.data_version) for event in events]


def test_a_source_is_looked_at_only_if_it_is_named() -> None:
    @dg.observable_source_asset
    def source(context: dg.OpExecutionContext) -> dg.DataVersion:
        return dg.DataVersion("7")

    @dg.asset(deps=[source])
    def after() -> int:
        return 1

    assert (source.is_observable, source.is_materializable, source.is_external) == (True, False, True)
    assert observed(dg.materialize([source, after])) == []
    result = dg.materialize([source, after], selection=["source", "after"])
    assert observed(result) == [("source", "7")]
    assert [event.step_key for event in result.get_step_success_events()] == ["source", "after"]


def test_a_result_says_more_than_a_version() -> None:
    @dg.observable_source_asset(key_prefix="raw", group_name="files")
    def source() -> dg.ObserveResult:
        return dg.ObserveResult(metadata={"rows": 3})

    assert (source.key, source.group_name) == (dg.AssetKey(["raw", "source"]), "files")
    (event,) = dg.materialize([source], selection="raw/source").get_asset_observation_events()
    assert event.asset_observation_data.asset_observation.metadata["rows"].value == 3


def test_what_is_no_observation_fails_the_step() -> None:
    @dg.observable_source_asset
    def source() -> int:
        return 3

    with pytest.raises(ObservationError, match="observes, and returned"):
        dg.materialize([source], selection="source")


def test_a_source_takes_no_inputs() -> None:
    with pytest.raises(DefinitionError, match="observes, and takes the input `other`"):

        @dg.observable_source_asset
        def source(other: int) -> dg.DataVersion:
            return dg.DataVersion(str(other))


def test_the_value_of_a_source_is_loaded_by_its_io_manager() -> None:
    class Fixed(dg.IOManager):
        def handle_output(self, context: dg.OutputContext, obj: object) -> None:
            raise AssertionError

        def load_input(self, context: dg.InputContext) -> int:
            return 41

    @dg.observable_source_asset(io_manager_def=Fixed())
    def source() -> dg.DataVersion:
        return dg.DataVersion("1")

    @dg.asset
    def after(source: int) -> int:
        return source + 1

    assert dg.materialize([source, after]).asset_value("after") == 42


def test_several_sources_in_one_step() -> None:
    @dg.multi_observable_source_asset(specs=[dg.AssetSpec("x"), dg.AssetSpec("y", skippable=True)], can_subset=True)
    def look(context: dg.AssetExecutionContext):  # type: ignore[no-untyped-def]
        for key in sorted(context.selected_asset_keys):
            yield dg.ObserveResult(asset_key=key, data_version=dg.DataVersion("v"))

    assert observed(dg.materialize([look], selection=["x", "y"])) == [("x", "v"), ("y", "v")]
    assert observed(dg.materialize([look], selection=["y"])) == [("y", "v")]
