import dagster as dg
from observe import fails, see

# Keys that make the same step name.


@dg.asset(key=["a", "b"])
def x(): ...


@dg.asset(key="a__b")
def y(): ...


see("ops", [x.op.name, y.op.name])
with fails("validate"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[x, y]))
with fails("materialize"):
    result = dg.materialize([x, y])
    see("steps", sorted({e.step_key for e in result.all_events if e.step_key}))
