import dagster as dg
from observe import ran, see

# Output[T] as annotation checks the value inside.


@dg.asset
def good() -> dg.Output[int]:
    return dg.Output(7)


@dg.asset
def bad() -> dg.Output[int]:
    return dg.Output("seven")


@dg.asset
def bare() -> dg.Output[int]:
    return 7


@dg.asset
def untyped() -> dg.Output:
    return dg.Output("x")


see("type", good.op.outs["result"].dagster_type.display_name)
for made in (good, bad, bare, untyped):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
