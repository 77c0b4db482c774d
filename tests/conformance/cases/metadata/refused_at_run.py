import dagster as dg
from observe import ran

# A bad metadata value fails the step.


@dg.asset
def through_output():
    return dg.Output(1, metadata={"m": object()})


@dg.asset
def through_context(context):
    context.add_output_metadata({"m": object()})
    return 1


@dg.asset
def through_result():
    return dg.MaterializeResult(metadata={"m": object()})


@dg.asset
def tuple_in_context(context):
    context.add_output_metadata({"m": (1, 2)})
    return 1


for made in (through_output, through_context, through_result, tuple_in_context):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
