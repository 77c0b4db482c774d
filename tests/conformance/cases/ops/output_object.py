import dagster as dg
from observe import ran, see

# Output with metadata, tags and data version from an op.


@dg.op
def make():
    return dg.Output(5, metadata={"rows": 3}, tags={"t": "v"}, data_version=dg.DataVersion("x"))


@dg.job
def j():
    make()


result = j.execute_in_process()
ran("run", result)
event = next(e for e in result.all_events if e.event_type_value == "STEP_OUTPUT")
see("metadata", event.step_output_data.metadata)
see("name", event.step_output_data.output_name)
see("value", result.output_for_node("make"))
out = dg.Output(5)
see("default name", out.output_name)
see("default metadata", out.metadata)
see("value attribute", out.value)
see("equal", dg.Output(5) == dg.Output(5))
