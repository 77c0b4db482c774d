import dagster as dg
from observe import ran

# Assets made before a failure stay made, their readers do not run.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def half():
    yield dg.Output(1, "a")
    raise ValueError("no b")


@dg.asset
def after_a(a): ...


result = dg.materialize([half, after_a], raise_on_error=False)
ran("run", result)
