import dagster as dg
from observe import fails, see

# The graph of assets: parents, children, order.


@dg.asset
def a(): ...


@dg.asset
def b(a): ...


@dg.asset(deps=[a, b])
def c() -> None: ...


@dg.asset
def lonely(): ...


graph = dg.Definitions(assets=[c, lonely, b, a]).resolve_asset_graph()
see("all", graph.get_all_asset_keys())
see("parents", {k.to_user_string(): graph.get(k).parent_keys for k in sorted(graph.get_all_asset_keys())})
see("children", {k.to_user_string(): graph.get(k).child_keys for k in sorted(graph.get_all_asset_keys())})
see("roots", graph.root_materializable_asset_keys)
see("levels", [sorted(k.to_user_string() for k in level) for level in graph.toposorted_asset_keys_by_level])
see("groups", graph.asset_keys_for_group("default"))
see("has", [graph.has(dg.AssetKey("a")), graph.has(dg.AssetKey("z"))])
with fails("unknown"):
    graph.get(dg.AssetKey("z"))
