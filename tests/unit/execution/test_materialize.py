"""`materialize`: one step runner, everything a function may return, everything it may take."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.errors import ExecutionError, MissingResourceError, UnknownResourceError
from orchestrator.runs.events import LogWritten


@dg.asset
def one() -> int:
    return 1


def run(*assets: dg.AssetsDefinition, **options: Any) -> dg.ExecuteInProcessResult:
    return dg.materialize(assets, **options)


def failure(*assets: dg.AssetsDefinition, **options: Any) -> str:
    """The message of the one step that fails."""
    result = run(*assets, raise_on_error=False, **options)
    assert not result.success
    (event,) = result.get_step_failure_events()
    return event.error.message


def test_values_flow_by_parameter() -> None:
    @dg.asset
    def two(one: int) -> int:
        return one + 1

    result = run(one, two)
    assert result.success
    assert result.asset_value("two") == 2
    assert result.output_for_node("two") == 2
    assert [event.asset_key for event in result.asset_materializations_for_node("two")] == [dg.AssetKey("two")]
    with pytest.raises(dg.UnknownNameError, match="did not materialize `tow`") as caught:
        result.asset_value("tow")
    assert caught.value.hint == "did you mean `two`?"


def test_the_exception_of_user_code_is_raised_as_it_is() -> None:
    @dg.asset
    def bad() -> None:
        raise ZeroDivisionError("x")

    with pytest.raises(ZeroDivisionError, match="x"):
        run(bad)


def test_a_selection_runs_a_part() -> None:
    @dg.asset(deps=[one])
    def two() -> int:
        return 2

    assert [e.asset for e in run(one, two, selection="two").get_asset_materialization_events()] == ["two"]
    with pytest.raises(dg.SelectionError, match="no asset `tow`"):
        run(one, two, selection=["tow"])


def test_an_instance_keeps_values_for_later_runs() -> None:
    @dg.asset
    def two(one: int) -> int:
        return one + 1

    with pytest.raises(dg.PlanError, match="never materialized"):
        run(one, two, selection="two")
    with dg.Instance.ephemeral() as instance:
        run(one, two, instance=instance)
        assert run(one, two, selection="two", instance=instance).asset_value("two") == 2
        assert len(instance.store.runs()) == 2
    assert not instance.home.exists()


# --- what a function returns


def test_the_three_ways_of_metadata_and_which_wins() -> None:
    @dg.asset
    def output(context: dg.AssetExecutionContext) -> dg.Output[int]:
        context.add_output_metadata({"a": 1, "b": 1})
        context.add_output_metadata({"b": 2})
        return dg.Output(7, metadata={"b": 3, "c": 3}, data_version=dg.DataVersion("v1"), tags={"t": "x"})

    @dg.asset
    def result(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
        context.add_asset_metadata({"a": 1})
        return dg.MaterializeResult(metadata={"a": 2, "b": 2})

    @dg.asset
    def with_value():
        return dg.MaterializeResult(value=5)

    made = {e.asset: e for e in run(output, result, with_value).get_asset_materialization_events()}
    assert {name: value.value for name, value in made["output"].metadata.items() if name != "path"} == {
        "a": 1, "b": 2, "c": 3
    }  # fmt: skip
    assert (made["output"].data_version, made["output"].tags, made["output"].stored) == ("v1", {"t": "x"}, True)
    assert {name: value.value for name, value in made["result"].metadata.items()} == {"a": 1, "b": 2}
    assert not made["result"].stored
    assert made["with_value"].stored


def test_none_is_a_value_unless_the_annotation_says_otherwise() -> None:
    @dg.asset
    def stored():
        return None

    @dg.asset
    def user(stored: object) -> str:
        return f"got {stored}"

    @dg.asset
    def nothing() -> None: ...

    result = run(stored, user, nothing)
    assert result.asset_value("user") == "got None"
    with pytest.raises(dg.UnknownNameError, match="without storing a value"):
        result.asset_value("nothing")


def test_a_value_where_the_annotation_says_nothing_is_stored() -> None:
    @dg.asset
    def three() -> None:
        return 3  # type: ignore[return-value]

    @dg.asset
    def five() -> dg.MaterializeResult:
        return 5  # type: ignore[return-value]

    assert "is not of type Nothing" in failure(three)
    assert "annotation says that nothing is stored" in failure(five)


def test_async_functions_and_generators() -> None:
    @dg.asset
    async def later() -> int:
        return 3

    @dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
    async def both(later: int) -> AsyncIterator[dg.Output[int]]:
        yield dg.Output(later, output_name="a")
        yield dg.Output(later + 1, output_name="b")

    @dg.asset
    def generated() -> Iterator[dg.Output[int]]:
        yield dg.Output(9)

    result = run(later, both, generated)
    assert [result.asset_value(key) for key in ("later", "a", "b", "generated")] == [3, 3, 4, 9]


OUTS = {"a": dg.AssetOut(), "b": dg.AssetOut(key_prefix="p"), "c": dg.AssetOut(is_required=False)}


@pytest.mark.parametrize(
    "returned",
    [(1, 2, 3), [1, 2, 3], {"a": 1, "b": 2, "c": 3}, (dg.Output(1), dg.Output(2), 3)],
    ids=["tuple", "list", "dict", "outputs"],
)
def test_several_values_by_position_or_name(returned: object) -> None:
    @dg.multi_asset(outs=OUTS)
    def several() -> object:
        return returned

    result = run(several)
    assert [result.asset_value(key) for key in ("a", "p/b", "c")] == [1, 2, 3]
    assert result.output_for_node("several", "b") == 2


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ((1, 2), "returned 2 values for 3 assets"),
        ({"a": 1, "x": 2}, "'x', which is no output of it"),
        ({"a": 1}, "did not produce `p/b`"),
        (None, "did not produce `a`, `p/b`"),
        (7, "returned an int for 3 assets"),
        (dg.MaterializeResult(), "without asset_key"),
        (dg.MaterializeResult(asset_key="zz"), "a MaterializeResult for `zz`"),
        (dg.Output(1, output_name="zz"), "an Output for 'zz'"),
        ([dg.MaterializeResult(asset_key="a"), dg.MaterializeResult(asset_key="a")], "produced `a` twice"),
    ],
)
def test_several_values_that_do_not_fit(returned: object, words: str) -> None:
    @dg.multi_asset(outs=OUTS)
    def several() -> object:
        return returned

    assert words in failure(several)


def test_a_plain_value_that_is_yielded() -> None:
    @dg.asset
    def plain() -> Iterator[int]:
        yield 3

    assert "yielded an int" in failure(plain)


def test_what_was_produced_before_a_failure_stays() -> None:
    @dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
    def several() -> Iterator[dg.Output[int]]:
        yield dg.Output(1, output_name="a")
        raise ValueError("then")

    result = run(several, raise_on_error=False)
    assert [e.asset for e in result.get_asset_materialization_events()] == ["a"]
    assert (result.run.materialized, result.run.failed) == (1, 1)


def test_an_optional_output_that_is_not_produced_skips_what_needs_it() -> None:
    @dg.multi_asset(outs={"a": dg.AssetOut(), "c": dg.AssetOut(is_required=False)})
    def several() -> Iterator[dg.Output[int]]:
        yield dg.Output(1, output_name="a")

    @dg.asset(deps=["c"])
    def after() -> None: ...

    result = run(several, after)
    assert result.success
    assert result.run.skipped == 1


def test_a_subset_of_a_multi_asset() -> None:
    seen = []

    @dg.multi_asset(outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(is_required=False)}, can_subset=True)
    def several(context: dg.AssetExecutionContext) -> Iterator[dg.Output[int]]:
        seen.append((context.selected_output_names, context.selected_asset_keys, context.is_subset))
        for name in context.selected_output_names:
            yield dg.Output(1, output_name=name)

    assert [e.asset for e in run(several, selection="b").get_asset_materialization_events()] == ["b"]
    assert seen == [({"b"}, {dg.AssetKey("b")}, True)]


# --- what a function takes


def test_resources_by_annotation_and_by_key() -> None:
    @dg.asset(required_resource_keys={"db"}, resource_defs={"own": "mine"})
    def made(context: dg.AssetExecutionContext, client: dg.ResourceParam[list[int]]) -> list[object]:
        with pytest.raises(UnknownResourceError, match="was not asked for"):
            context.resources.other  # noqa: B018
        return [context.resources.db, client, context.resources.own]

    given = {"db": "sqlite", "client": [1], "other": 2}
    assert run(made, resources=given).asset_value("made") == ["sqlite", [1], "mine"]
    with pytest.raises(MissingResourceError, match="needs the resource `client`"):
        run(made, resources={"db": "sqlite"})


def test_the_context() -> None:
    @dg.asset(key="p/made")
    def made(context: dg.AssetExecutionContext, one: int) -> int:
        assert context.asset_key == dg.AssetKey(["p", "made"])
        assert context.asset_key_for_output() == dg.AssetKey("p/made")
        assert (context.has_tag("team"), context.get_tag("team"), context.get_tag("x")) == (True, "blue", None)
        assert context.step_key == "p__made"
        assert context.load_asset_value("one") == 1
        assert context.job_name is None
        context.log.info("hello %s", context.run_id)
        try:
            raise ValueError("kept")  # noqa: TRY301
        except ValueError:
            context.log.exception("oh")
        return one

    with dg.Instance.ephemeral() as instance:
        result = run(one, made, tags={"team": "blue"}, instance=instance)
        logs = [entry.event for entry in instance.all_logs(result.run_id) if isinstance(entry.event, LogWritten)]
    assert [(log.level, log.message.splitlines()[0]) for log in logs] == [
        ("info", f"hello {result.run_id}"), ("error", "oh")
    ]  # fmt: skip
    assert "ValueError: kept" in logs[1].message


def test_metadata_for_an_output_that_is_not_there() -> None:
    @dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
    def several(context: dg.AssetExecutionContext) -> tuple[int, int]:
        context.add_output_metadata({"x": 1}, output_name="a")
        context.add_output_metadata({"x": 2}, asset_key="b")
        context.add_output_metadata({"x": 3})
        return 1, 2

    assert "say which is meant" in failure(several)


def test_an_io_manager_of_ones_own(tmp_path: Path) -> None:
    calls = []

    class Upper(dg.IOManager):
        def handle_output(self, context: dg.OutputContext, obj: str) -> None:
            calls.append(("store", context.asset_key.to_user_string(), context.name, context.definition_metadata))
            (tmp_path / "x").write_text(obj)
            context.add_output_metadata({"length": len(obj)})

        def load_input(self, context: dg.InputContext) -> str:
            upstream = context.upstream_output
            assert upstream is not None
            calls.append(("load", context.asset_key.to_user_string(), context.name, upstream.definition_metadata))
            return (tmp_path / "x").read_text().upper()

    @dg.asset(io_manager_def=Upper(), metadata={"m": 1})
    def word() -> str:
        return "cake"

    @dg.asset
    def loud(word: str) -> str:
        return f"{word}!"

    result = run(word, loud)
    assert result.asset_value("loud") == "CAKE!"
    (event,) = result.asset_materializations_for_node("word")
    assert event.metadata == {"length": dg.MetadataValue.int(4)}
    metadata = {"m": 1}
    assert calls == [("store", "word", "result", metadata), ("load", "word", "word", metadata)]


def test_the_same_io_manager_through_input_manager_key() -> None:
    class Ten(dg.IOManager):
        def handle_output(self, context: dg.OutputContext, obj: object) -> None:
            raise AssertionError("never called")

        def load_input(self, context: dg.InputContext) -> int:
            return 10

    @dg.asset(ins={"x": dg.AssetIn("one", input_manager_key="ten")})
    def made(x: int) -> int:
        return x

    assert run(one, made, resources={"ten": Ten()}).asset_value("made") == 10


def test_values_in_memory() -> None:
    marker = object()

    @dg.asset
    def kept() -> object:
        return marker

    @dg.asset
    def same(kept: object) -> bool:
        return kept is marker

    assert dg.materialize_to_memory([kept, same]).asset_value("same")


def test_parameters_with_defaults() -> None:
    @dg.asset
    def made(one: int = 5, other: int = 7) -> int:
        return one + other

    assert run(made).asset_value("made") == 12
    assert run(one, made).asset_value("made") == 8


def test_positional_only_and_keyword_parameters() -> None:
    @dg.asset(ins={"extra": dg.AssetIn("one")})
    def made(one: int, /, *, two: int, **more: int) -> list[int]:
        return [one, two, more["extra"]]

    @dg.asset
    def two() -> int:
        return 2

    assert run(one, two, made).asset_value("made") == [1, 2, 1]


def test_refused_parameters() -> None:
    with pytest.raises(dg.UnsupportedParameterError, match="`partition_key` of materialize is not supported yet"):
        run(one, partition_key="x")
    with pytest.raises(dg.UnsupportedParameterError, match="no parameter `selecton`"):
        run(one, selecton="x")


def test_a_function_called_directly() -> None:
    @dg.asset
    def two(one: int) -> int:
        return one + 1

    assert two(1) == 2


def test_an_upstream_that_turns_out_to_store_nothing() -> None:
    def build() -> object:
        return dg.MaterializeResult()

    @dg.asset
    def sly():
        return build()

    @dg.asset
    def user(sly: object) -> None: ...

    message = failure(sly, user)
    assert "nothing is stored for `sly`" in message


def test_execution_errors_point_at_the_definition() -> None:
    @dg.asset
    def bad():
        return lambda: 1

    with pytest.raises(ExecutionError) as caught:
        run(bad)
    assert caught.value.sources[0].file == __file__
