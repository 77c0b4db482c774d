import dagster as dg
from observe import ran

# Metadata added for an asset, alone and in a multi-asset.


@dg.asset
def one(context):
    context.add_asset_metadata({"a": 1})
    return 1


@dg.asset
def wrong_key(context):
    context.add_asset_metadata({"a": 1}, asset_key="other")
    return 1


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut()})
def pair(context):
    context.add_asset_metadata({"for": "x"}, asset_key="x")
    context.add_asset_metadata({"for": "y"}, asset_key=dg.AssetKey("y"))
    return 1, 2


@dg.multi_asset(outs={"p": dg.AssetOut(), "q": dg.AssetOut()})
def pair_without_key(context):
    context.add_asset_metadata({"for": "?"})
    return 1, 2


for made in (one, wrong_key, pair, pair_without_key):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
