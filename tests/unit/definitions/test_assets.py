"""`@asset`, `@multi_asset` and what they make of a function."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import pytest

import orchestrator as dg
from orchestrator.errors import DefinitionError, UnsupportedParameterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from some_package_that_is_not_installed import Client  # type: ignore[import-not-found]


@dg.asset
def raw_data() -> int:
    return 1


def edges(made: dg.AssetsDefinition) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(one.name, one.keys, one.loads) for one in made.inputs]


def test_a_parameter_is_an_upstream_asset() -> None:
    @dg.asset
    def cleaned(raw_data: int) -> int:
        return raw_data

    assert edges(cleaned) == [("raw_data", ("raw_data",), True)]
    assert cleaned.key == dg.AssetKey("cleaned")


@pytest.mark.parametrize(
    "deps", [[raw_data], ["raw_data"], [dg.AssetKey("raw_data"), "raw_data"], {"raw_data": raw_data}]
)
def test_a_name_in_deps_and_as_a_parameter_is_one_dependency_that_is_loaded(deps: object) -> None:
    @dg.asset(deps=deps)
    def cleaned(raw_data: int) -> int:
        return raw_data

    assert edges(cleaned) == [("raw_data", ("raw_data",), True)]


def test_deps_alone_are_only_waited_for() -> None:
    @dg.asset(deps=[raw_data, "other/x", dg.AssetDep("y"), dg.AssetSpec("z")])
    def cleaned() -> None: ...

    assert [(name, loads) for name, _, loads in edges(cleaned)] == [
        ("raw_data", False), ("other__x", False), ("y", False), ("z", False)
    ]  # fmt: skip


def test_a_bare_string_as_deps_is_an_error_with_the_fix() -> None:
    with pytest.raises(DefinitionError, match=r"must be a list, got the string 'raw_data'") as caught:

        @dg.asset(deps="raw_data")
        def cleaned() -> None: ...

    assert caught.value.hint == 'deps=["raw_data"]'
    assert caught.value.sources[0].file == __file__


@pytest.mark.parametrize("deps", [{"anything": raw_data}, {"raw_data": "zzz"}])
def test_a_dict_whose_name_and_asset_disagree_is_an_error(deps: object) -> None:
    with pytest.raises(DefinitionError, match="but gives"):

        @dg.asset(deps=deps)
        def cleaned() -> None: ...


def test_a_function_that_is_no_asset_in_deps() -> None:
    def plain() -> None: ...

    with pytest.raises(DefinitionError, match="plain, which is no asset") as caught:

        @dg.asset(deps=[plain])
        def cleaned() -> None: ...

    assert caught.value.hint == "did you forget @asset?"


def test_a_multi_asset_in_deps_means_all_its_keys() -> None:
    @dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut(key_prefix="p")})
    def both() -> tuple[int, int]:
        return 1, 2

    @dg.asset(deps=[both])
    def after() -> None: ...

    assert [name for name, _, _ in edges(after)] == ["a", "p__b"]


def test_the_context_and_resources_are_no_dependencies() -> None:
    @dg.asset
    def made(context: dg.AssetExecutionContext, client: dg.ResourceParam[Client], raw_data: int) -> None: ...

    assert edges(made) == [("raw_data", ("raw_data",), True)]
    assert made.required_resource_keys == {"client", "io_manager"}
    assert made.op.signature.context == "context"


def test_a_prefix_is_tried_first_for_parameters() -> None:
    @dg.asset(key_prefix=["p", "q"])
    def made(raw_data: int) -> None: ...

    assert made.key == dg.AssetKey(["p", "q", "made"])
    assert edges(made) == [("raw_data", ("p/q/raw_data", "raw_data"), True)]


def test_ins_say_which_asset_a_parameter_takes() -> None:
    @dg.asset(ins={"x": dg.AssetIn("a/b"), "y": dg.AssetIn(key_prefix="p"), "z": dg.AssetIn(input_manager_key="m")})
    def made(x: int, y: int, z: int) -> None: ...

    assert edges(made) == [("x", ("a/b",), True), ("y", ("p/y",), True), ("z", ("z",), True)]


def test_ins_for_no_parameter_are_an_error() -> None:
    with pytest.raises(DefinitionError, match="names `raw_dta`") as caught:

        @dg.asset(ins={"raw_dta": dg.AssetIn("x")})
        def made(raw_data: int) -> None: ...

    assert caught.value.hint == "did you mean `raw_data`?"


def test_var_positional_is_refused() -> None:
    with pytest.raises(DefinitionError, match=r"\*args"):

        @dg.asset
        def made(*args: int) -> None: ...


def test_decorated_functions_are_looked_through() -> None:
    def logged(function):  # type: ignore[no-untyped-def]
        @functools.wraps(function)
        def inner(*args, **kwargs):  # type: ignore[no-untyped-def]
            return function(*args, **kwargs)

        return inner

    @dg.asset
    @logged
    def made(raw_data: int) -> int:
        return raw_data + 1

    assert edges(made) == [("raw_data", ("raw_data",), True)]
    assert made(1) == 2


@pytest.mark.parametrize(
    "name", ["partitions_def", "check_specs", "backfill_policy", "automation_condition", "freshness_policy"]
)
def test_a_parameter_that_is_not_there_yet_is_refused_by_name(name: str) -> None:
    with pytest.raises(UnsupportedParameterError, match=f"`{name}` of @asset is not supported yet"):
        dg.asset(**{name: object()})(raw_data.op.function)


def test_a_misspelt_parameter_offers_the_nearest() -> None:
    with pytest.raises(UnsupportedParameterError) as caught:
        dg.asset(group_nam="x")(raw_data.op.function)
    assert caught.value.hint == "did you mean `group_name`?"


def test_the_docstring_is_the_description_and_metadata_stays_metadata() -> None:
    @dg.asset(metadata={"description": "레시피", "owner": "ingredients_team"}, tags={"category": "input"})
    def ingredients() -> int:
        """레시피 파일에서 재료 정보를 추출합니다."""
        return 1

    spec = ingredients.specs[0]
    assert spec.description == "레시피 파일에서 재료 정보를 추출합니다."
    assert spec.owners == ()
    assert spec.metadata == {"description": "레시피", "owner": "ingredients_team"}


def test_korean_names_groups_and_tags() -> None:
    @dg.asset(name="케이크", group_name="빵집", tags={"종류": "버터"})
    def made() -> None: ...

    assert made.key.to_user_string() == "케이크"
    assert made.specs[0].group_name == "빵집"


@pytest.mark.parametrize(
    "name", ["", "a b", "../../x", "a/../b", ".hidden", "-x", "a\\b", "a\0b", "a:b", "x" * 300, "가" * 100]
)
def test_unsafe_names_are_refused_with_the_place(name: str) -> None:
    with pytest.raises(DefinitionError) as caught:

        @dg.asset(name=name)
        def made() -> None: ...

    assert caught.value.sources[0].file == __file__


def test_a_multi_asset_makes_one_output_a_spec_with_its_own_deps() -> None:
    @dg.multi_asset(specs=[dg.AssetSpec("a", deps=["x"]), dg.AssetSpec("p/b", deps=["a", "y"], skippable=True)])
    def both() -> Iterator[dg.MaterializeResult]:
        yield dg.MaterializeResult(asset_key="a")

    assert [(one.name, one.deps, one.required) for one in both.outputs] == [
        ("a", ("x",), True),
        ("p__b", ("a", "y"), False),
    ]
    assert [name for name, _, _ in edges(both)] == ["x", "y"]


def test_the_multi_asset_of_the_tutorial() -> None:
    @dg.asset
    def baked_cakes() -> int:
        return 1

    @dg.multi_asset(
        outs={"production_analysis": dg.AssetOut(description="기본 분석"), "top_cakes": dg.AssetOut()},
        deps={"baked_cakes": baked_cakes},
    )
    def cake_analysis(baked_cakes: int) -> Iterator[dg.MaterializeResult]:
        yield dg.MaterializeResult(metadata={"n": 1}, asset_key="production_analysis")
        yield dg.MaterializeResult(metadata={"n": 2}, asset_key="top_cakes")

    assert edges(cake_analysis) == [("baked_cakes", ("baked_cakes",), True)]
    result = dg.materialize([baked_cakes, cake_analysis])
    assert result.success
    assert [e.asset for e in result.get_asset_materialization_events()] == [
        "baked_cakes", "production_analysis", "top_cakes"
    ]  # fmt: skip
    with pytest.raises(dg.UnknownNameError, match="without storing a value"):
        result.asset_value("top_cakes")


def test_an_asset_that_depends_on_itself() -> None:
    with pytest.raises(DefinitionError, match="depends on itself"):

        @dg.asset(deps=["made"])
        def made() -> None: ...
