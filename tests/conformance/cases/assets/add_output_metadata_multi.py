import dagster as dg
from observe import ran

# In a step of several outputs the output must be named.


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut()})
def named(context):
    context.add_output_metadata({"a": 1}, output_name="x")
    return 1, 2


@dg.multi_asset(outs={"p": dg.AssetOut(), "q": dg.AssetOut()})
def unnamed(context):
    context.add_output_metadata({"a": 1})
    return 1, 2


@dg.multi_asset(outs={"r": dg.AssetOut(), "s": dg.AssetOut()})
def wrong(context):
    context.add_output_metadata({"a": 1}, output_name="t")
    return 1, 2


@dg.multi_asset(outs={"t": dg.AssetOut(), "u": dg.AssetOut()})
def too_late(context):
    yield dg.Output(1, output_name="t")
    context.add_output_metadata({"a": 1}, output_name="t")
    yield dg.Output(2, output_name="u")


for made in (named, unnamed, wrong, too_late):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
