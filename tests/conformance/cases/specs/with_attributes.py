import dagster as dg
from observe import fails, ran, see

# An assets definition with other attributes.


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a + 1


moved = b.with_attributes(
    asset_key_replacements={dg.AssetKey("b"): dg.AssetKey(["p", "b"]), dg.AssetKey("a"): dg.AssetKey(["p", "a"])},
    group_names_by_key={dg.AssetKey("b"): "g"},
    tags_by_key={dg.AssetKey("b"): {"t": "u"}},
)
see("keys", [moved.keys, moved.dependency_keys, moved.keys_by_input_name])
see("groups", moved.group_names_by_key)
see("tags", moved.tags_by_key)
see("op", moved.op.name)
renamed_a = a.with_attributes(asset_key_replacements={dg.AssetKey("a"): dg.AssetKey(["p", "a"])})
result = dg.materialize([renamed_a, moved])
ran("run", result)
see("value", result.asset_value(["p", "b"]))
with fails("group again"):
    see("group twice", moved.with_attributes(group_names_by_key={dg.AssetKey(["p", "b"]): "h"}).group_names_by_key)
see("old", [b.keys, b.group_names_by_key])
