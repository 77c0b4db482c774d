import dagster as dg
from observe import fails, see

# Specs of all definitions changed at once.


@dg.asset
def a(): ...


@dg.asset(group_name="g")
def b(a): ...


defs = dg.Definitions(assets=[a, b, dg.AssetSpec("c")])
with fails("all"):
    mapped = defs.map_asset_specs(func=lambda s: s.merge_attributes(tags={"k": "v"}))
    see("tags", {s.key.to_user_string(): s.tags for s in mapped.resolve_all_asset_specs()})
with fails("some"):
    mapped = defs.map_asset_specs(func=lambda s: s.merge_attributes(tags={"k": "v"}), selection="group:g")
    see("some tags", {s.key.to_user_string(): s.tags for s in mapped.resolve_all_asset_specs()})
with fails("resolved"):
    mapped = defs.map_resolved_asset_specs(func=lambda s: s.merge_attributes(tags={"k": "v"}), selection="group:g")
    see("resolved tags", {s.key.to_user_string(): s.tags for s in mapped.resolve_all_asset_specs()})
