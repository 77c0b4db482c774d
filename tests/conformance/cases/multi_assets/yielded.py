import dagster as dg
from observe import ran, see

# Outputs and results in any order.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut(), "c": dg.AssetOut()})
def three():
    yield dg.Output(3, output_name="c", metadata={"n": 3})
    yield dg.MaterializeResult(asset_key="a", metadata={"n": 1})
    yield dg.MaterializeResult(asset_key=dg.AssetKey("b"), value=2, tags={"t": "u"})


@dg.asset
def reader(b, c):
    return b + c


result = dg.materialize([three, reader])
ran("run", result)
see("value", result.output_for_node("reader"))
