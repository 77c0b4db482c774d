import dagster as dg
from observe import fails, see

# Specs of many things changed at once.


@dg.asset(group_name="old")
def a(): ...


@dg.multi_asset(specs=[dg.AssetSpec("b"), dg.AssetSpec("c", deps=["b"])])
def several(): ...


external = dg.AssetSpec("d")
mapped = list(
    dg.map_asset_specs(
        lambda spec: spec.replace_attributes(group_name="new", tags={"k": spec.key.path[-1]}), [a, several, external]
    )
)
see("kinds of object", [type(m).__name__ for m in mapped])
see(
    "groups",
    [
        {s.key.to_user_string(): s.group_name for s in (m.specs if isinstance(m, dg.AssetsDefinition) else [m])}
        for m in mapped
    ],
)
see(
    "tags",
    [
        {s.key.to_user_string(): s.tags for s in (m.specs if isinstance(m, dg.AssetsDefinition) else [m])}
        for m in mapped
    ],
)
see("old", a.group_names_by_key)
see(
    "only specs", [s.group_name for s in dg.map_asset_specs(lambda s: s.replace_attributes(group_name="n"), [external])]
)
with fails("not a spec"):
    list(dg.map_asset_specs(lambda s: 3, [external]))
with fails("new key"):
    renamed = list(dg.map_asset_specs(lambda s: s.replace_attributes(key="z"), [a]))
    see("renamed", renamed[0].keys)
