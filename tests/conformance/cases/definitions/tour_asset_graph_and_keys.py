import dagster as dg
from observe import fails, see


@dg.asset(key_prefix=["a", "b"], group_name="g")
def one(): ...
@dg.asset(ins={"one": dg.AssetIn(key_prefix=["a", "b"])}, key=dg.AssetKey(["c", "two"]))
def two(one): ...


ext = dg.AssetSpec("ext")


@dg.asset(deps=[ext, two], key="three")
def t(): ...


d = dg.Definitions(assets=[one, two, t, ext])
g = d.resolve_asset_graph()
see("all", sorted(k.to_user_string() for k in g.get_all_asset_keys()))
see("mat", sorted(k.to_user_string() for k in g.materializable_asset_keys))
see("ext", sorted(k.to_user_string() for k in g.external_asset_keys))
see("topo", [sorted(k.to_user_string() for k in lvl) for lvl in g.toposorted_asset_keys_by_level])
see("parents", sorted(k.to_user_string() for k in g.get(dg.AssetKey("three")).parent_keys))
see(
    "anc",
    sorted(k.to_user_string() for k in g.get_ancestor_asset_keys(dg.AssetKey("three")))
    if hasattr(g, "get_ancestor_asset_keys")
    else None,
)
see("spec", [d.resolve_asset_graph().get(dg.AssetKey("three")).group_name])
see("get assets def", d.resolve_assets_def(["c", "two"]).key if hasattr(d, "resolve_assets_def") else None)
with fails("unknown"):
    g.get(dg.AssetKey("nope"))
with fails("unknown def"):
    d.resolve_assets_def("nope")
see("jobs", [j.name for j in d.resolve_all_job_defs()])
see("has", [g.has(dg.AssetKey("ext")), g.has(dg.AssetKey("z"))])
