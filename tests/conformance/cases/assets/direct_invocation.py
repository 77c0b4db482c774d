import dagster as dg
from observe import fails, see

# Calling an asset runs its function.


@dg.asset
def two():
    return 2


@dg.asset
def add(context: dg.AssetExecutionContext, two, three):
    context.add_output_metadata({"a": 1})
    return two + three


@dg.asset
def out():
    return dg.Output(5, metadata={"x": 1})


@dg.asset
def results():
    return dg.MaterializeResult(metadata={"x": 1})


@dg.asset
def gen():
    yield dg.Output(6)


see("plain", two())
see("positional", add(dg.build_asset_context(), 1, 2))
see("by name", add(dg.build_asset_context(), two=1, three=2))
see("output", type(out()).__name__)
see("output value", out().value)
see("result", results().metadata)
see("generator", [o.value for o in gen()])
with fails("no context"):
    add(1, 2)
with fails("missing input"):
    add(dg.build_asset_context(), 1)
with fails("too many"):
    two(1)
with fails("unknown name"):
    two(x=1)
