import dagster as dg
from observe import ran

# Metadata added through the context meets metadata of the result.


@dg.asset
def only_context(context):
    context.add_output_metadata({"a": 1})
    return 1


@dg.asset
def twice(context):
    context.add_output_metadata({"a": 1, "b": 1})
    context.add_output_metadata({"b": 2})
    return 1


@dg.asset
def against_output(context):
    context.add_output_metadata({"a": "context", "c": "context"})
    return dg.Output(1, metadata={"a": "output", "o": "output"})


@dg.asset
def against_result(context):
    context.add_output_metadata({"a": "context", "c": "context"})
    return dg.MaterializeResult(metadata={"a": "result", "r": "result"})


@dg.asset
def without_value(context) -> None:
    context.add_output_metadata({"a": 1})


for made in (only_context, twice, against_output, against_result, without_value):
    ran(made.op.name, dg.materialize([made]))
