"""The asset graph of definitions, as programs look at it."""

import pytest

import orchestrator as dg
from orchestrator.errors import UnknownAssetError


@dg.asset(group_name="g", kinds={"sql"})
def a() -> None: ...


@dg.multi_asset(specs=[dg.AssetSpec("b", deps=[a, "outside"]), dg.AssetSpec("c", deps=["b"])])
def several() -> None: ...


DEFINITIONS = dg.Definitions(assets=[several, a], jobs=[dg.define_asset_job("some", selection="+b")])


def _names(keys: object) -> list[str]:
    assert isinstance(keys, set | list)
    return sorted(key.to_user_string() for key in keys)


def test_it_knows_every_asset_and_what_depends_on_what() -> None:
    graph = DEFINITIONS.resolve_asset_graph()
    assert _names(graph.get_all_asset_keys()) == ["a", "b", "c", "outside"]
    assert _names(graph.external_asset_keys) == ["outside"]
    assert _names(graph.root_materializable_asset_keys) == ["a"]
    assert [_names(level) for level in graph.toposorted_asset_keys_by_level] == [["a", "outside"], ["b"], ["c"]]
    node = graph.get(dg.AssetKey("b"))
    assert (_names(node.parent_keys), _names(node.child_keys)) == (["a", "outside"], ["c"])
    assert _names(node.execution_set_asset_keys) == ["b", "c"]
    assert graph.get(dg.AssetKey("a")).group_name == "g"
    assert graph.get(dg.AssetKey("a")).kinds == {"sql"}


def test_an_unknown_key_is_an_error_that_names_the_nearest() -> None:
    with pytest.raises(UnknownAssetError, match="did you mean `outside`"):
        DEFINITIONS.resolve_asset_graph().get(dg.AssetKey("outsid"))


def test_selections_are_resolved_against_it() -> None:
    graph = DEFINITIONS.resolve_asset_graph()
    assert _names(dg.AssetSelection.assets("b").upstream().resolve(graph)) == ["a", "b", "outside"]
    assert _names(dg.AssetSelection.assets("b", "nope").resolve(graph, allow_missing=True)) == ["b"]
    assert _names(dg.AssetSelection.assets("b").upstream_source_assets().resolve([several])) == ["a", "outside"]


def test_jobs_of_definitions() -> None:
    assert [job.name for job in DEFINITIONS.resolve_all_job_defs()] == ["__ASSET_JOB", "some"]
    assert [node.name for node in DEFINITIONS.resolve_job_def("some").nodes] == ["several", "a"]
    assert not dg.Definitions().has_implicit_global_asset_job_def()


def test_specs_are_mapped_where_they_are_selected() -> None:
    def tagged(spec: dg.AssetSpec) -> dg.AssetSpec:
        return spec.merge_attributes(tags={"k": "v"})

    mapped = DEFINITIONS.map_resolved_asset_specs(func=tagged, selection="group:g")
    assert {spec.key.to_user_string(): dict(spec.plain_tags) for spec in mapped.resolve_all_asset_specs()} == {
        "a": {"k": "v"},
        "b": {},
        "c": {},
        "outside": {},
    }
    with pytest.raises(dg.DefinitionError, match="changed the key"):
        DEFINITIONS.map_asset_specs(func=lambda spec: spec.replace_attributes(key=spec.key.with_prefix("p")))
