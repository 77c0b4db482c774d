import dagster as dg
from observe import see

# Events with lists and tuples as keys.

see("list", dg.AssetMaterialization(asset_key=["a", "b"]).asset_key)
see("tuple", dg.AssetMaterialization(asset_key=("a", "b")).asset_key)
see("string", dg.AssetObservation(asset_key="a/b").asset_key.path)
see("spec string", dg.AssetSpec("a/b").key.path)
see("dep string", dg.AssetDep("a/b").asset_key.path)
see("asset in string", dg.AssetIn("a/b").key.path)
see("check", dg.AssetCheckSpec("c", asset="a/b").asset_key.path)
