import dagster as dg
from observe import fails, see

# AssetMaterialization as an object.

event = dg.AssetMaterialization(
    asset_key="a", description="d", metadata={"n": 1, "u": dg.MetadataValue.url("x")}, partition="p", tags={"t": "u"}
)
see("key", event.asset_key)
see("description", event.description)
see("metadata", event.metadata)
see("partition", event.partition)
see("tags", event.tags)
see("label", event.label)
see("list key", dg.AssetMaterialization(["a", "b"]).asset_key)
see("slash key", dg.AssetMaterialization("a/b").asset_key.path)
see(
    "file",
    [
        dg.AssetMaterialization.file("/tmp_like/x").asset_key.path,
        dg.AssetMaterialization.file("/tmp_like/x", asset_key="k").metadata,
    ],
)
with fails("no key"):
    dg.AssetMaterialization()
with fails("number"):
    dg.AssetMaterialization(3)
with fails("bad tags"):
    dg.AssetMaterialization("a", tags={"k": 1})
see("equal", dg.AssetMaterialization("a") == dg.AssetMaterialization("a"))
see(
    "empty",
    [
        dg.AssetMaterialization("a").metadata,
        dg.AssetMaterialization("a").partition,
        dg.AssetMaterialization("a").description,
    ],
)
