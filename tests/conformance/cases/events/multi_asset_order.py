import dagster as dg
from observe import ran

# Events of a multi-asset come in the order it yields.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut(), "c": dg.AssetOut()})
def three():
    yield dg.Output(3, "c")
    yield dg.Output(1, "a", metadata={"n": 1})
    yield dg.Output(2, "b")


ran("yielded", dg.materialize([three]))


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut()})
def returned():
    return 1, 2


ran("returned", dg.materialize([returned]))


@dg.multi_asset(specs=[dg.AssetSpec("m"), dg.AssetSpec("n")])
def results():
    yield dg.MaterializeResult(asset_key="n")
    yield dg.MaterializeResult(asset_key="m")


ran("results", dg.materialize([results]))
