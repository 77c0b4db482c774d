import dagster as dg
from observe import ran

# Types of assets: annotations, dagster_type, AssetIn and AssetOut.

Even = dg.DagsterType(name="Even", type_check_fn=lambda _, v: v % 2 == 0)


@dg.asset(dagster_type=Even)
def good():
    return 2


@dg.asset(dagster_type=Even)
def bad():
    return 3


@dg.asset
def three():
    return 3


@dg.asset(ins={"three": dg.AssetIn(dagster_type=Even)})
def taker(three):
    return three


@dg.asset
def wants_text(three: str):
    return three


@dg.multi_asset(outs={"m": dg.AssetOut(dagster_type=Even)})
def several():
    return 5


ran("run", dg.materialize([good, bad, three, taker, wants_text, several], raise_on_error=False))
