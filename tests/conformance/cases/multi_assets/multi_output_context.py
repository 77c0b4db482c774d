import dagster as dg
from observe import fails, see

# What the context of a multi-asset knows.


@dg.multi_asset(outs={"a": dg.AssetOut(key_prefix="p"), "b": dg.AssetOut()})
def pair(context):
    see("key of a", context.asset_key_for_output("a"))
    see("selected", context.selected_asset_keys)
    see("outputs", context.selected_output_names)
    see("output for key", context.output_for_asset_key(dg.AssetKey("b")))
    with fails("asset key of several"):
        context.asset_key
    with fails("no such output"):
        context.asset_key_for_output("z")
    return 1, 2


dg.materialize([pair])
