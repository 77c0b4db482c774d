import dagster as dg
from observe import see, steps

# An optional out that is not produced skips what follows it only.


@dg.multi_asset(outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(is_required=False)})
def maybe():
    yield dg.Output(1, output_name="a")


@dg.asset
def after_a(a):
    return a


@dg.asset
def after_b(b):
    return b


@dg.asset(deps=["b"])
def follows_b() -> None: ...


@dg.asset
def after_both(a, b): ...


@dg.asset
def far(after_b): ...


result = dg.materialize([maybe, after_a, after_b, follows_b, after_both, far])
see("success", result.success)
see("steps", steps(result))
