import dagster as dg
from observe import fails, ran

# The key of a MaterializeResult must be one of the step's.


@dg.asset
def own():
    return dg.MaterializeResult(asset_key="own", metadata={"a": 1})


@dg.asset
def own_list():
    return dg.MaterializeResult(asset_key=["own_list"])


@dg.asset
def other():
    return dg.MaterializeResult(asset_key="nope")


for made in (own, own_list, other):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
with fails("raised"):
    dg.materialize([other])
