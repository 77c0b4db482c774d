import dagster as dg
from observe import fails, see

# Calling a multi-asset.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def returned():
    return 1, 2


@dg.multi_asset(outs={"c": dg.AssetOut(), "d": dg.AssetOut()})
def yielded():
    yield dg.Output(1, "c")
    yield dg.Output(2, "d")


@dg.multi_asset(specs=[dg.AssetSpec("e"), dg.AssetSpec("f")])
def results():
    yield dg.MaterializeResult("e")
    yield dg.MaterializeResult("f")


@dg.multi_asset(outs={"g": dg.AssetOut(), "h": dg.AssetOut()})
def short():
    return (1,)


@dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
def missing():
    yield dg.Output(1, "i")


see("returned", returned())
see("yielded", [o.value for o in yielded()])
see("results", [r.asset_key for r in results()])
with fails("short"):
    short()
with fails("missing"):
    list(missing())
