"""Definitions, jobs, and gathering them from modules."""

from types import ModuleType

import pytest

import orchestrator as dg
from orchestrator.errors import DefinitionError, DuplicateDefinitionError


@dg.asset
def a() -> int:
    return 1


@dg.asset
def b(a: int) -> int:
    return a


@dg.asset(group_name="own")
def c() -> int:
    return 1


def module(name: str, **members: object) -> ModuleType:
    made = ModuleType(name)
    vars(made).update(members)
    return made


def test_assets_are_gathered_from_modules_each_once() -> None:
    spec = dg.AssetSpec("ext")
    found = dg.load_assets_from_modules([module("m", a=a, many=[b, 3], other="x"), module("n", same=a, spec=spec)])
    assert found == [a, b, spec]


def test_a_prefix_goes_before_keys_and_before_upstream_keys_among_them() -> None:
    found = dg.load_assets_from_modules([module("m", a=a, b=b, c=c)], key_prefix=["p"], group_name="g")
    assert [one.key.to_user_string() for one in found] == ["p/a", "p/b", "p/c"]
    assert found[1].inputs[0].keys == ("p/a",)
    assert [one.specs[0].group_name for one in found] == ["g", "g", "own"]
    assert dg.materialize(found).asset_value("p/b") == 1


def test_two_assets_of_one_key_in_modules_name_both_places() -> None:
    @dg.asset(key="a")
    def other() -> int:
        return 2

    with pytest.raises(DuplicateDefinitionError) as caught:
        dg.load_assets_from_modules([module("m", a=a, other=other)])
    assert len(caught.value.sources) == 2


def test_a_module_instead_of_a_list_of_them() -> None:
    with pytest.raises(DefinitionError, match="a list of modules"):
        dg.load_assets_from_modules(module("m"))  # type: ignore[arg-type]


def test_the_current_module() -> None:
    assert dg.load_assets_from_current_module() == [a, b, c]
    assert dg.load_definitions_from_current_module().assets == (a, b, c)


def test_definitions_from_modules_hold_what_definitions_there_hold() -> None:
    job = dg.define_asset_job("j")
    inner = dg.Definitions(assets=[c], resources={"x": 1})
    made = dg.load_definitions_from_modules([module("m", a=a, job=job, defs=inner)], resources={"y": 2})
    assert set(made.assets) == {a, c}
    assert made.jobs == (job,)
    assert made.resources == {"x": 1, "y": 2}


def test_a_package_and_all_below_it() -> None:
    import orchestrator.reports

    assert dg.load_assets_from_package_module(orchestrator.reports) == []
    assert dg.load_assets_from_package_name("orchestrator.reports") == []
    assert dg.load_definitions_from_package_name("orchestrator.reports").assets == ()
    with pytest.raises(DefinitionError, match="is a module, not a package"):
        dg.load_assets_from_package_module(module("m"))


def test_merge() -> None:
    shared = object()
    one = dg.Definitions(assets=[a], resources={"x": shared})
    other = dg.Definitions(assets=[a, b], resources={"x": shared, "y": 1}, executor=dg.in_process_executor)
    made = dg.Definitions.merge(one, other)
    assert made.assets == (a, b)
    assert made.executor is dg.in_process_executor
    with pytest.raises(DuplicateDefinitionError, match="resource `x` is two different objects") as caught:
        dg.Definitions.merge(one, dg.Definitions(resources={"x": object()}))
    assert len(caught.value.sources) == 2


@pytest.mark.parametrize(
    ("options", "words", "hint"),
    [
        ({"assets": "a"}, "must be a list", "assets=[...]"),
        ({"assets": [lambda: 1]}, "which is no AssetsDefinition or AssetSpec", "did you forget @asset?"),
        ({"assets": [[a]]}, "which is no", "spread the list: assets=[*those, this]"),
        ({"assets": [module("m")]}, "holds m", "use load_assets_from_modules([module])"),
        ({"jobs": [a]}, "which is no AssetJob", "did you forget @asset?"),
        ({"resources": [1]}, "must be a dict", 'resources={"name": object}'),
        ({"asset_checks": [1]}, "`asset_checks` of Definitions is not supported yet", None),
        ({"executor": "fast"}, "which is no executor", None),
    ],
)
def test_definitions_that_are_wrong(options: dict[str, object], words: str, hint: str | None) -> None:
    with pytest.raises(DefinitionError) as caught:
        dg.Definitions(**options)  # type: ignore[arg-type]
    assert words in caught.value.message
    if hint is not None:
        assert caught.value.hint == hint
    assert caught.value.sources[0].file == __file__


def test_empty_lists_of_what_is_not_there_yet_do_no_harm() -> None:
    assert dg.Definitions(assets=[a], schedules=[], sensors=None).assets == (a,)


def test_specs_are_changed_as_a_whole() -> None:
    changed = dg.map_asset_specs(
        lambda spec: spec.merge_attributes(tags={"x": "y"}, kinds={"sql"}), [a, dg.AssetSpec("e")]
    )
    assert changed[0].specs[0].plain_tags == {"x": "y"}  # type: ignore[union-attr]
    assert changed[1].kinds == {"sql"}  # type: ignore[union-attr]
    with pytest.raises(DefinitionError, match="changed the key"):
        dg.map_asset_specs(lambda spec: spec.replace_attributes(key="z"), [a])


def test_a_job_cannot_be_executed_before_its_assets_are_known() -> None:
    job = dg.define_asset_job("j", selection=["a"])
    with pytest.raises(AttributeError, match="orch run"):
        job.execute_in_process  # noqa: B018
    with pytest.raises(DefinitionError):
        dg.define_asset_job("not a name")
    with pytest.raises(dg.UnsupportedParameterError, match="`partitions_def`"):
        dg.define_asset_job("j", partitions_def=1)  # type: ignore[arg-type]
