import dagster as dg
from observe import see

# What the asset graph tells of a node.


@dg.asset(
    group_name="g",
    tags={"k": "v"},
    owners=["team:t"],
    kinds={"sql"},
    code_version="1",
    metadata={"m": 1},
    description="d",
)
def a(): ...


@dg.multi_asset(specs=[dg.AssetSpec("b", deps=[a]), dg.AssetSpec("c", deps=["b"])])
def several(): ...


graph = dg.Definitions(assets=[a, several]).resolve_asset_graph()
node = graph.get(dg.AssetKey("a"))
see(
    "node",
    [node.key, node.group_name, node.tags, node.owners, node.kinds, node.code_version, node.metadata, node.description],
)
see("flags", [node.is_materializable, node.is_external, node.is_observable, node.is_executable, node.is_partitioned])
see("partner keys", graph.get(dg.AssetKey("b")).execution_set_entity_keys)
see("parents", graph.get(dg.AssetKey("c")).parent_keys)
see("children", graph.get(dg.AssetKey("a")).child_keys)
see("all groups", graph.all_group_names)
