import dagster as dg
from observe import see

# External assets known only from dependencies.


@dg.asset(deps=["x", dg.AssetKey(["p", "y"])])
def a(): ...


defs = dg.Definitions(assets=[a])
graph = defs.resolve_asset_graph()
see("all", graph.get_all_asset_keys())
see("external", graph.external_asset_keys)
see("specs", sorted(s.key.to_user_string() for s in defs.resolve_all_asset_specs()))
