import dagster as dg
from observe import ran, see

# Metadata of a dynamic output; add_output_metadata with mapping_key.


@dg.op(out=dg.DynamicOut())
def numbers(context):
    yield dg.DynamicOutput(1, "a", metadata={"n": 1})
    context.add_output_metadata({"m": 2}, mapping_key="b")
    yield dg.DynamicOutput(2, "b")


@dg.job
def j():
    numbers()


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
for event in result.all_events:
    if event.event_type_value == "STEP_OUTPUT":
        see(f"output {event.step_output_data.mapping_key}", event.step_output_data.metadata)
