import dagster as dg
from observe import fails, see

# AssetMaterialization and AssetObservation as values.

m = dg.AssetMaterialization(asset_key=["a", "b"], description="d", metadata={"n": 1}, partition="p", tags={"k": "v"})
see("key", m.asset_key)
see("fields", [m.description, m.partition, m.tags, m.metadata])
see("label", m.label)
see("equal", dg.AssetMaterialization("a") == dg.AssetMaterialization("a"))
see("file", dg.AssetMaterialization.file("/x/y").metadata)
o = dg.AssetObservation("a", metadata={"n": 1}, partition="p")
see("observation", [o.asset_key, o.metadata, o.partition, o.label])
with fails("no key"):
    dg.AssetMaterialization(None)
with fails("bad metadata"):
    dg.AssetMaterialization("a", metadata={"x": object()})
with fails("metadata and number key"):
    dg.AssetMaterialization("a", metadata={1: "x"})
