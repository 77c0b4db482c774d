import dagster as dg
from observe import see

# The type check of a good input and of a bad one in the events.


@dg.op
def one():
    return 1


@dg.op
def need_str(x: str):
    return x


@dg.job
def j():
    need_str(one())


result = j.execute_in_process(raise_on_error=False)
for event in result.all_events:
    if event.event_type_value == "STEP_INPUT":
        data = event.step_input_data
        see("input name", data.input_name)
        see("success", data.type_check_data.success)
        see("label", data.type_check_data.label)
        see("described", data.type_check_data.description is not None)
