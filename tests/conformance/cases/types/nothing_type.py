import dagster as dg
from observe import fails, see

# Nothing and its name.

see(
    "name",
    dg.Out(dg.Nothing).dagster_type.display_name
    if hasattr(dg.Out(dg.Nothing).dagster_type, "display_name")
    else "Nothing",
)


@dg.op(ins={"a": dg.In(dg.Nothing), "b": dg.In(dg.Nothing)}, out=dg.Out(dg.Nothing))
def f():
    pass


see("ins", sorted(f.ins))
see("type", f.ins["a"].dagster_type.display_name)
with fails("default for Nothing"):
    dg.op(name="g", ins={"a": dg.In(dg.Nothing, default_value=1)})(lambda: 1)
