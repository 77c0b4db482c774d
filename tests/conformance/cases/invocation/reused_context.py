import dagster as dg
from observe import see

# One context for two calls.


@dg.op
def one(context):
    context.log_event(dg.AssetMaterialization("a"))
    return 1


@dg.op
def two(context):
    context.log_event(dg.AssetMaterialization("b"))
    return 2


context = dg.build_op_context()
see("first", one(context))
see("second", two(context))
see("events", [e.asset_key for e in context.get_events()])
