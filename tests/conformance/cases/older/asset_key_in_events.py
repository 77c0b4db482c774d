import dagster as dg
from observe import fails, see

# Where a string with a slash is one part of a key, and where two.

DIFFERS = {
    "spec": "a string with a slash is a key of two parts",
    "dep": "a string with a slash is a key of two parts",
    "asset in": "a string with a slash is a key of two parts",
    "result": "a string with a slash is a key of two parts",
    "deps": "a string with a slash is a key of two parts",
}

see("list", dg.AssetMaterialization(asset_key=["a", "b"]).asset_key)
see("tuple", dg.AssetMaterialization(asset_key=("a", "b")).asset_key)
see("materialization", dg.AssetMaterialization("a/b").asset_key.path)
see("observation", dg.AssetObservation(asset_key="a/b").asset_key.path)
see("spec", dg.AssetSpec("a/b").key.path)
see("dep", dg.AssetDep("a/b").asset_key.path)
see("asset in", dg.AssetIn("a/b").key.path)
see("result", dg.MaterializeResult("a/b").asset_key.path)
see("selection", dg.AssetSelection.assets("a/b") == dg.AssetSelection.assets(["a", "b"]))


with fails("deps"):

    @dg.asset(deps=["a/b"])
    def made(): ...
