import dagster as dg
from observe import fails, see

# Specs are changed by making new ones.

spec = dg.AssetSpec(
    "a", group_name="g", tags={"x": "y"}, metadata={"m": 1}, owners=["team:t"], kinds={"k1"}, deps=["u"]
)
new = spec.replace_attributes(group_name="h", tags={"z": "w"}, description="new")
see("replaced", [new.group_name, new.tags, new.description, new.metadata, new.owners, new.kinds])
merged = spec.merge_attributes(
    deps=["v"], tags={"z": "w", "x": "other"}, metadata={"n": 2}, owners=["team:s"], kinds={"k2"}
)
see("merged tags", merged.tags)
see("merged", [[d.asset_key for d in merged.deps], merged.metadata, merged.owners, merged.kinds])
see("old", [spec.group_name, spec.tags, [d.asset_key for d in spec.deps]])
see("replaced key", spec.replace_attributes(key="b").key)
see("replaced none", spec.replace_attributes(group_name=None).group_name)
see("replaced kinds", spec.replace_attributes(kinds={"k3"}).tags)
see("with io manager", spec.with_io_manager_key("other").metadata)
with fails("unknown"):
    spec.replace_attributes(colour="red")
