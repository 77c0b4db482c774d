import dagster as dg
from observe import ran, see


def make(name, up=None):
    @dg.asset(name=name, deps=[up] if up else [], group_name="fac", tags={"n": name})
    def _a(context: dg.AssetExecutionContext):
        return dg.MaterializeResult(metadata={"name": name, "key": context.asset_key.to_user_string()})

    return _a


xs = [make("one")]
for n in ("two", "three"):
    xs.append(make(n, xs[-1]))
ran("run", dg.materialize(xs))
g = dg.Definitions(assets=xs).resolve_asset_graph()
see("topo", [k.to_user_string() for k in g.toposorted_asset_keys])
see("parents", {k.to_user_string(): [p.to_user_string() for p in g.get(k).parent_keys] for k in g.get_all_asset_keys()})
see("children", {k.to_user_string(): [p.to_user_string() for p in g.get(k).child_keys] for k in g.get_all_asset_keys()})
see("groups", {g.get(k).group_name for k in g.get_all_asset_keys()})
see("roots", g.root_materializable_asset_keys)
see("tags", {k.to_user_string(): g.get(k).tags for k in g.get_all_asset_keys()})
