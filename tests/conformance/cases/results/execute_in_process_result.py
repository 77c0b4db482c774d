import dagster as dg
from observe import fails, see

# The questions a result answers.


@dg.op
def one():
    return dg.Output(1, metadata={"n": 1})


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair(x):
    return x, x + 1


@dg.job
def j():
    pair(one())


result = j.execute_in_process()
see("type", isinstance(result, dg.ExecuteInProcessResult))
see("success", result.success)
see("job", result.job_def.name)
see("run", [result.dagster_run.status, result.dagster_run.job_name, result.dagster_run.run_id == result.run_id])
see("one", result.output_for_node("one"))
see("a", result.output_for_node("pair", "a"))
see(
    "events of one",
    [e.event_type_value for e in result.events_for_node("one") if e.event_type_value.startswith("STEP")],
)
see("node events", len(result.all_node_events) > 0)
see("success of one", result.is_node_success("one"))
see("compute events", [e.event_type_value for e in result.filter_events(lambda e: e.is_step_success)])
see("unknown node", result.is_node_success("nope"))
with fails("events of an unknown node"):
    see("events of nope", result.events_for_node("nope"))
with fails("output of an unknown node"):
    result.output_for_node("nope")
with fails("unknown output"):
    result.output_for_node("one", "nope")
