import dagster as dg
from observe import see

# AssetSpec as an object.

DIFFERS = {
    "string with slash": "a string with a slash is a key of two parts",
}

spec = dg.AssetSpec(
    ["a", "b"],
    deps=["up", dg.AssetKey("other")],
    description="d",
    metadata={"m": 1},
    skippable=True,
    group_name="g",
    code_version="1",
    owners=["team:t"],
    tags={"x": "y"},
    kinds={"sql"},
)
see("key", spec.key)
see("deps", [d.asset_key for d in spec.deps])
see("description", spec.description)
see("metadata", spec.metadata)
see("skippable", spec.skippable)
see("group", spec.group_name)
see("version", spec.code_version)
see("owners", spec.owners)
see("tags", spec.tags)
see("kinds", spec.kinds)
see("partitions", spec.partitions_def)
bare = dg.AssetSpec("x")
see(
    "bare",
    [bare.deps, bare.description, bare.metadata, bare.group_name, bare.owners, bare.tags, bare.kinds, bare.skippable],
)
see("equal", dg.AssetSpec("x") == dg.AssetSpec("x"))
see("string with slash", dg.AssetSpec("a/b").key.path)
