import dagster as dg
from observe import ran

# A value for an asset made from a spec is stored.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def made():
    yield dg.MaterializeResult("a", value=[1])
    yield dg.MaterializeResult("b")


@dg.asset
def reader(a):
    return a


result = dg.materialize([made, reader], raise_on_error=False)
ran("run", result)
