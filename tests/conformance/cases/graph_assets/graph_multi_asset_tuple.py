import dagster as dg
from observe import ran, see

# @graph_multi_asset returning a tuple, and one op with several outputs.


@dg.op
def one():
    return 1


@dg.op(out={"x": dg.Out(), "y": dg.Out()})
def pair(v):
    return v, v + 1


@dg.graph_multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def both():
    x, y = pair(one())
    return x, y


@dg.graph_multi_asset(outs={"c": dg.AssetOut(), "d": dg.AssetOut()})
def swapped():
    x, y = pair(one())
    return y, x


result = dg.materialize([both, swapped])
ran("run", result)
see("values", [result.asset_value(k) for k in "abcd"])
