import dagster as dg
from observe import ran, see, steps

# A spec that is not produced, required and skippable.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def required():
    yield dg.MaterializeResult("a")


@dg.multi_asset(specs=[dg.AssetSpec("c", skippable=True), dg.AssetSpec("d", skippable=True)])
def skippable():
    yield dg.MaterializeResult("c")


@dg.asset(deps=["d"])
def after_d() -> None: ...


@dg.asset(deps=["c"])
def after_c() -> None: ...


ran("required", dg.materialize([required], raise_on_error=False))
result = dg.materialize([skippable, after_c, after_d])
see("skippable", steps(result))
see("success", result.success)
