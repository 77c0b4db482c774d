import dagster as dg
from observe import see

# The context inside an op of a graph-backed asset knows the asset.


@dg.op
def one(context):
    return context.has_assets_def


@dg.op
def last(context, x):
    return [x, context.has_assets_def, sorted(k.to_user_string() for k in context.selected_asset_keys)]


@dg.graph_asset
def made():
    return last(one())


result = dg.materialize([made])
see("value", result.asset_value("made"))
