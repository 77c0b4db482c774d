import dagster as dg
from observe import fails, ran

# can_subset runs only the steps that the selected assets need.


@dg.op
def one():
    return 1


@dg.op
def two():
    return 2


@dg.graph_multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()}, can_subset=True)
def both():
    return {"a": one(), "b": two()}


@dg.graph_multi_asset(outs={"c": dg.AssetOut(), "d": dg.AssetOut()})
def whole():
    return {"c": one(), "d": two()}


ran("subset", dg.materialize([both], selection=["a"]))
ran("all", dg.materialize([both]))
with fails("not subsettable"):
    dg.materialize([whole], selection=["c"])
