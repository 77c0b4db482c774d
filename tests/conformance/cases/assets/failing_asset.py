import dagster as dg
from observe import fails, see, steps

# A failure skips what depends on it and nothing else.


@dg.asset
def broken():
    return 1 / 0


@dg.asset
def after(broken): ...


@dg.asset(deps=[broken])
def ordered() -> None: ...


@dg.asset
def apart() -> None: ...


result = dg.materialize([broken, after, ordered, apart], raise_on_error=False)
see("success", result.success)
see("steps", steps(result))
see("materialized", sorted(e.asset_key.to_user_string() for e in result.get_asset_materialization_events()))
with fails("raised"):
    dg.materialize([broken, after, ordered, apart])
with fails("value"):
    result.output_for_node("broken")
with fails("value of skipped"):
    result.output_for_node("after")
with fails("asset value"):
    result.asset_value("broken")
