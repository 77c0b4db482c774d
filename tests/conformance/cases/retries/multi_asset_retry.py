import dagster as dg
from observe import ran

# A multi-asset that fails half way and is retried.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()}, retry_policy=dg.RetryPolicy())
def both(context):
    yield dg.Output(1, "a")
    if context.op_execution_context.retry_number == 0:
        raise ValueError
    yield dg.Output(2, "b")


ran("run", dg.materialize([both]))
