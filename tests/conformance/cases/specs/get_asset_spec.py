import dagster as dg
from observe import fails, see

# The specs of definitions, one and all.


@dg.asset(description="made", kinds={"python"})
def a(): ...


@dg.multi_asset(specs=[dg.AssetSpec("b"), dg.AssetSpec("c", deps=["b"])])
def several(): ...


see("asset", [a.get_asset_spec().description, a.get_asset_spec(dg.AssetKey("a")).kinds])
see("several", several.get_asset_spec(dg.AssetKey("c")).key)
with fails("which"):
    several.get_asset_spec()
with fails("unknown"):
    several.get_asset_spec(dg.AssetKey("z"))
defs = dg.Definitions(assets=[a, several, dg.AssetSpec("d")])
see("definitions", sorted(s.key.to_user_string() for s in defs.resolve_all_asset_specs()))
see("one of them", defs.resolve_asset_graph().get(dg.AssetKey("c")).parent_keys)
see("assets def", defs.resolve_assets_def("b").keys)
with fails("unknown assets def"):
    defs.resolve_assets_def("z")
