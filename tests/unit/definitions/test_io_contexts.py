"""What IO managers are told, and what they may say."""

from typing import Any

import pytest

import orchestrator as dg
from orchestrator.definitions.io import store_value
from orchestrator.errors import DefinitionError, InvariantError, MetadataError

OUTPUT_MEMBERS = ("asset_key", "asset_spec", "dagster_type", "job_name", "name", "op_def", "step_key")
PARTITION_MEMBERS = (
    "asset_partition_key", "asset_partition_key_range", "asset_partition_keys", "asset_partitions_def",
    "asset_partitions_time_window", "partition_key",
)  # fmt: skip


@pytest.mark.parametrize("member", OUTPUT_MEMBERS)
def test_what_was_not_given_is_an_error_that_says_so(member: str) -> None:
    with pytest.raises((DefinitionError, InvariantError), match=f"has no `{member}`"):
        getattr(dg.OutputContext(), member)


@pytest.mark.parametrize("member", [*(one for one in OUTPUT_MEMBERS if one != "asset_spec"), "instance"])
def test_the_same_for_inputs(member: str) -> None:
    with pytest.raises((DefinitionError, InvariantError), match=f"has no `{member}`"):
        getattr(dg.InputContext(), member)


@pytest.mark.parametrize("member", PARTITION_MEMBERS)
@pytest.mark.parametrize("context", [dg.OutputContext(name="n", step_key="s"), dg.InputContext(name="n", step_key="s")])
def test_without_a_partition_there_is_nothing_to_tell_of_it(context: dg.OutputContext, member: str) -> None:
    with pytest.raises(DefinitionError, match=f"`n` of step `s` has no `{member}`"):
        getattr(context, member)


def test_a_partition_is_the_last_part_of_where_a_value_lies() -> None:
    context = dg.build_output_context(asset_key="x/y", partition_key="p")
    assert (context.has_partition_key, context.has_asset_partitions) == (True, True)
    assert (context.partition_key, context.asset_partition_key) == ("p", "p")
    assert context.asset_partition_keys == ["p"]
    assert context.get_asset_identifier() == ["x", "y", "p"]
    plain = dg.build_input_context(partition_key="p")
    assert (plain.has_partition_key, plain.has_asset_partitions) == (True, False)


def test_what_is_empty_unless_given() -> None:
    for context in (dg.OutputContext(), dg.InputContext()):
        assert not context.has_asset_key
        assert not context.has_partition_key
        assert not context.has_asset_partitions
        assert context.metadata == context.definition_metadata == {}
        assert context.config is None
        assert context.resource_config is None
        assert context.log.name == "orchestrator.io_manager"
    assert dg.OutputContext().output_metadata == {}
    assert dg.OutputContext().version is None
    assert dg.InputContext().upstream_output is None
    assert not dg.InputContext().has_input_name


def test_an_identifier_names_a_value_among_those_of_all_runs() -> None:
    output = dg.OutputContext(run_id="r", step_key="s", name="n")
    assert output.get_identifier() == output.get_run_scoped_output_identifier() == ["r", "s", "n"]
    mapped = dg.OutputContext(run_id="r", step_key="s", name="n", mapping_key="k", asset_key=dg.AssetKey("a/b"))
    assert mapped.get_identifier() == ["r", "s", "n", "k"]
    assert mapped.get_asset_identifier() == ["a", "b"]
    assert dg.InputContext(upstream_output=mapped).get_identifier() == ["r", "s", "n", "k"]
    with pytest.raises(InvariantError, match="no `upstream_output`"):
        dg.InputContext().get_identifier()
    with pytest.raises(InvariantError, match="no `asset_key`"):
        output.get_asset_identifier()


def test_resources_are_attributes() -> None:
    assert dg.OutputContext(resources={"oven": 220}).resources.oven == 220
    given = object()
    assert dg.InputContext(resources=given).resources is given


def test_metadata_is_added_once_for_each_name() -> None:
    context = dg.OutputContext(asset_key=dg.AssetKey("a"))
    context.add_output_metadata({"rows": 1})
    context.add_output_metadata({"bytes": 2})
    assert context.get_logged_metadata() == {"rows": dg.MetadataValue.int(1), "bytes": dg.MetadataValue.int(2)}
    with pytest.raises(MetadataError, match="metadata `rows` of asset `a` was added before"):
        context.add_output_metadata({"rows": 3})
    with pytest.raises(MetadataError, match="metadata `x` of the value of asset `a`"):
        context.add_output_metadata({"x": object()})
    assert set(context.consume_logged_metadata()) == {"rows", "bytes"}
    assert context.get_logged_metadata() == {}


def test_metadata_of_an_input_is_an_observation_of_its_asset() -> None:
    context = dg.InputContext(asset_key=dg.AssetKey("a"))
    assert context.get_observations() == []
    context.add_input_metadata({"rows": 1}, description="some")
    assert context.get_observations() == [dg.AssetObservation("a", "some", {"rows": 1})]
    assert context.consume_logged_metadata() == {"rows": dg.MetadataValue.int(1)}
    assert len(list(context.consume_events())) == 1
    assert context.get_observations() == []
    unnamed = dg.InputContext(name="x", step_key="s")
    unnamed.add_input_metadata({"rows": 1})
    assert unnamed.get_observations() == []


def test_events_besides_that_of_the_value() -> None:
    context = dg.OutputContext(name="n")
    assert context.get_logged_events() == []
    context.log_event(dg.AssetMaterialization("x"))
    context.log_event(dg.AssetObservation("y"))
    assert len(context.get_logged_events()) == 2
    assert len(list(context.consume_events())) == 2
    assert context.get_logged_events() == []
    with pytest.raises(
        DefinitionError, match="log_event takes an AssetMaterialization or an AssetObservation, got int"
    ):
        context.log_event(5)  # type: ignore[arg-type]


def returning(value: Any) -> dg.OutputContext:
    class Says(dg.IOManager):
        def handle_output(self, context: dg.OutputContext, obj: Any) -> Any:
            return obj

        def load_input(self, context: dg.InputContext) -> Any: ...

    context = dg.OutputContext()
    store_value(Says(), context, value)
    return context


def test_handle_output_may_return_or_yield_what_there_is_to_say() -> None:
    event = dg.AssetMaterialization("x")
    assert returning({"a": 1}).get_logged_metadata() == {"a": dg.MetadataValue.int(1)}
    assert returning(event).get_logged_events() == [event]
    yielded = returning(iter([event, {"a": 1}]))
    assert yielded.get_logged_events() == [event]
    assert set(yielded.get_logged_metadata()) == {"a"}
    with pytest.raises(InvariantError, match="handle_output of Says returned 5"):
        returning(5)


def test_both_methods_are_asked_for() -> None:
    class Half(dg.IOManager):
        def load_input(self, context: dg.InputContext) -> Any: ...

    with pytest.raises(TypeError, match="handle_output"):
        Half()  # type: ignore[abstract]
    with pytest.raises(TypeError, match="load_input"):
        dg.InputManager()  # type: ignore[abstract]
