import dagster as dg
from observe import see

# What a direct call of assets returns.


@dg.asset
def result():
    return dg.MaterializeResult(metadata={"n": 1})


@dg.asset
def yields():
    yield dg.MaterializeResult(metadata={"n": 1})


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def both():
    return 1, 2


@dg.multi_asset(specs=[dg.AssetSpec("c"), dg.AssetSpec("d")])
def specs():
    yield dg.MaterializeResult(asset_key="c")
    yield dg.MaterializeResult(asset_key="d")


@dg.asset
def none() -> None:
    pass


got = result()
see("result", [type(got).__name__, got.metadata])
see("yields", [r.metadata for r in yields()])
see("both", both())
see("specs", [r.asset_key for r in specs()])
see("none", none())
