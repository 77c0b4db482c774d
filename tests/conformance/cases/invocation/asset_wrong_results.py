import dagster as dg
from observe import fails

# Wrong results in direct invocation of assets.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def missing():
    yield dg.MaterializeResult(asset_key="a")


@dg.multi_asset(specs=[dg.AssetSpec("a")])
def unknown():
    yield dg.MaterializeResult(asset_key="z")


@dg.asset
def typed() -> int:
    return "a"


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def short():
    return (1,)


for one in (missing, unknown, typed, short):
    with fails(one.op.name):
        got = one()
        if hasattr(got, "__next__"):
            list(got)
