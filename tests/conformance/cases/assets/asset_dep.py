import dagster as dg
from observe import fails, see

# AssetDep of everything that names one asset, and not of several.

DIFFERS = {
    "slash": "a key has no part that holds `/`, in both modes",
}


@dg.asset
def one(): ...


@dg.multi_asset(specs=[dg.AssetSpec("two"), dg.AssetSpec("three")])
def several(): ...


see("asset", dg.AssetDep(one).asset_key)
see("string", dg.AssetDep("s").asset_key)
see("slash", dg.AssetDep("s/t").asset_key.path)
see("spec", dg.AssetDep(dg.AssetSpec(["a", "b"])).asset_key)
see("source", dg.AssetDep(dg.SourceAsset("src")).asset_key)
with fails("several"):
    dg.AssetDep(several)
see("equal", dg.AssetDep("s") == dg.AssetDep(dg.AssetKey("s")))
see("partition mapping", dg.AssetDep("s").partition_mapping)
