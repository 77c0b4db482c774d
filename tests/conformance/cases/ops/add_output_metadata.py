import dagster as dg
from observe import ran, see

# Metadata added through the context, for one output and for several.


@dg.op
def one(context):
    context.add_output_metadata({"n": 1})
    context.add_output_metadata({"m": "two", "n": 5})
    return 1


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def two(context):
    context.add_output_metadata({"x": 1}, output_name="a")
    context.add_output_metadata({"x": 2}, output_name="b")
    return 1, 2


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def unnamed(context):
    context.add_output_metadata({"x": 1})
    return 1, 2


@dg.op
def unknown(context):
    context.add_output_metadata({"x": 1}, output_name="nope")
    return 1


@dg.job
def j():
    one()
    two()
    unnamed()
    unknown()


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
for event in result.all_events:
    if event.event_type_value == "STEP_OUTPUT":
        see(f"{event.step_key} {event.step_output_data.output_name}", event.step_output_data.metadata)
