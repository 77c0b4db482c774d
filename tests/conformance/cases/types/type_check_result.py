import dagster as dg
from observe import ran, see

# A check may answer with TypeCheck, metadata and description.


def check(context, value):
    return dg.TypeCheck(success=value > 0, description="must be positive", metadata={"value": value})


Positive = dg.DagsterType(name="Positive", type_check_fn=check)


@dg.op(out=dg.Out(Positive))
def give(context):
    return context.op_config if context.op_config is not None else 1


@dg.op(out=dg.Out(Positive))
def negative():
    return -1


@dg.job
def j():
    give()
    negative()


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
for event in result.all_events:
    if event.event_type_value == "STEP_OUTPUT":
        data = event.step_output_data.type_check_data
        see(f"{event.step_key} check", [data.success, data.description, data.metadata])
