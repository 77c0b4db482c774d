import dagster as dg
from observe import ran, see

# A spec in Definitions is an asset nothing makes.


@dg.asset(deps=["outside"])
def inside() -> None: ...


spec = dg.AssetSpec(
    "outside",
    group_name="ext",
    description="from elsewhere",
    metadata={"m": 1},
    tags={"a": "b"},
    owners=["team:t"],
    kinds={"s3"},
)
defs = dg.Definitions(assets=[inside, spec])
graph = defs.resolve_asset_graph()
see("all", graph.get_all_asset_keys())
see("materializable", graph.materializable_asset_keys)
see("executable", graph.executable_asset_keys)
see("external", graph.external_asset_keys)
node = graph.get(dg.AssetKey("outside"))
see(
    "node",
    [
        node.group_name,
        node.description,
        node.metadata,
        node.tags,
        node.owners,
        node.kinds,
        node.is_external,
        node.is_materializable,
        node.is_executable,
    ],
)
see(
    "job",
    [
        e.step_key
        for e in defs.resolve_implicit_global_asset_job_def().execute_in_process().all_events
        if e.event_type_value == "STEP_SUCCESS"
    ],
)
see("specs", sorted(s.key.to_user_string() for s in defs.resolve_all_asset_specs()))
ran("materialize", dg.materialize([inside, spec]))
