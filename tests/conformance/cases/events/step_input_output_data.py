import dagster as dg
from observe import see

# LOADED_INPUT and HANDLED_OUTPUT tell names, managers and upstream.


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


@dg.op
def use(x, y):
    return x + y


@dg.job
def j():
    a, b = pair()
    use(a, b)


for event in j.execute_in_process().all_events:
    if event.event_type_value == "LOADED_INPUT":
        data = event.event_specific_data
        see(f"loaded {data.input_name}", [data.manager_key, data.upstream_output_name, data.upstream_step_key])
    if event.event_type_value == "HANDLED_OUTPUT" and event.step_key == "pair":
        data = event.event_specific_data
        see(f"handled {data.output_name}", data.manager_key)
