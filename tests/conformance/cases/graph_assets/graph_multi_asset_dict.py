import dagster as dg
from observe import ran, see

# @graph_multi_asset returning a dict.


@dg.op
def one():
    return 1


@dg.op
def two():
    return 2


@dg.graph_multi_asset(outs={"a": dg.AssetOut(description="first"), "b": dg.AssetOut(key_prefix="p")})
def both():
    return {"b": two(), "a": one()}


see("keys", sorted(both.keys))
result = dg.materialize([both])
ran("run", result)
see("a", result.asset_value("a"))
see("b", result.asset_value(dg.AssetKey(["p", "b"])))
see("node value", result.output_for_node("both", "a"))
