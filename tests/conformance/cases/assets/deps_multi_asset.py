import dagster as dg
from observe import ran, see

# A multi-asset in deps stands for all its keys.


@dg.multi_asset(outs={"left": dg.AssetOut(), "right": dg.AssetOut(key="other_right")})
def pair():
    return 1, 2


@dg.asset(deps=[pair])
def after(): ...


see("deps", after.dependency_keys)
ran("run", dg.materialize([pair, after]))
