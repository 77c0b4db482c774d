import dagster as dg
from observe import fails, see

# What direct invocation keeps in the context.


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def talks(context):
    context.log_event(dg.AssetMaterialization("x"))
    context.add_output_metadata({"n": 1}, output_name="a")
    context.log.info("hi")
    return 1, 2


context = dg.build_op_context()
see("value", talks(context))
see("events", [type(e).__name__ for e in context.get_events()])
see("a", context.get_output_metadata("a"))
see("b", context.get_output_metadata("b"))
with fails("unknown"):
    see("unknown output", context.get_output_metadata("nope"))
