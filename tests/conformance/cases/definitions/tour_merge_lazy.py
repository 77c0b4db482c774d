import dagster as dg
from observe import fails, see


@dg.asset
def a():
    return 1


@dg.asset
def b():
    return 2


d1 = dg.Definitions(assets=[a], resources={"x": 1})
d2 = dg.Definitions(assets=[b], jobs=[dg.define_asset_job("j", "b")], resources={"y": 2})
m = dg.Definitions.merge(d1, d2)
see("keys", sorted(m.resolve_asset_graph().get_all_asset_keys()))
see("res", sorted(m.resources))
with fails("conflict"):
    dg.Definitions.merge(d1, dg.Definitions(resources={"x": 3}))
with fails("same res ok"):
    shared = object()
    dg.Definitions.merge(dg.Definitions(resources={"x": shared}), dg.Definitions(resources={"x": shared}))
with fails("dup asset"):
    dg.Definitions.merge(d1, dg.Definitions(assets=[a])).resolve_asset_graph()


@dg.asset(name="a")
def a2():
    return 3


with fails("dup asset other"):
    dg.Definitions.merge(dg.Definitions(assets=[a]), dg.Definitions(assets=[a2])).resolve_asset_graph()
with fails("same key in one"):
    dg.Definitions(assets=[a, a2])
with fails("same key validate"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, a2]))


@dg.definitions
def lazy():
    return dg.Definitions(assets=[a])


see("lazy", type(lazy).__name__)
with fails("lazy call"):
    see("lazy keys", list(lazy().resolve_asset_graph().get_all_asset_keys()))
with fails("merge none"):
    dg.Definitions.merge()
with fails("merge wrong"):
    dg.Definitions.merge(d1, 3)
with fails("wrong assets"):
    dg.Definitions(assets=[3])
with fails("wrong jobs"):
    dg.Definitions(jobs=[a])
with fails("assets not list"):
    see("single", list(dg.Definitions(assets=a).resolve_asset_graph().get_all_asset_keys()))
see("get assets def", m.get_assets_def("a").key if hasattr(m, "get_assets_def") else m.resolve_assets_def("a").key)
see("executor", m.executor)
see("specs", sorted(s.key.to_user_string() for s in m.resolve_all_asset_specs()))
mm = m.map_asset_specs(func=lambda s: s.replace_attributes(group_name="all"))
see("mapped", sorted({s.group_name for s in mm.resolve_all_asset_specs()}))
mm2 = m.map_resolved_asset_specs(selection="a", func=lambda s: s.merge_attributes(tags={"q": "r"}))
see("mapped2", [[s.key, s.tags] for s in mm2.resolve_all_asset_specs()])
see("job", m.resolve_job_def("j").name)
