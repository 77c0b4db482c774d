import dagster as dg
from observe import fails, see

# Values of assets that stored none.


@dg.asset
def none() -> None:
    pass


@dg.asset
def result_only():
    return dg.MaterializeResult()


@dg.asset
def unannotated():
    pass


result = dg.materialize([none, result_only, unannotated])
with fails("none"):
    see("value of none", result.asset_value("none"))
see("value of unannotated", result.asset_value("unannotated"))
