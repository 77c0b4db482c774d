import dagster as dg
from observe import ran

# A selected required output that is not produced, an unselected one that is.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()}, can_subset=True)
def lazy(context):
    yield dg.Output(1, "a")


@dg.multi_asset(outs={"c": dg.AssetOut(is_required=False), "d": dg.AssetOut(is_required=False)}, can_subset=True)
def eager(context):
    yield dg.Output(1, "c")
    yield dg.Output(2, "d")


ran("selected a", dg.materialize([lazy], selection=["a"], raise_on_error=False))
ran("selected b", dg.materialize([lazy], selection=["b"], raise_on_error=False))
ran("selected c only", dg.materialize([eager], selection=["c"], raise_on_error=False))
