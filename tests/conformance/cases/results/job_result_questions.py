import dagster as dg
from observe import fails, see

# Everything that a result of execute_in_process answers.


@dg.op(out={"a": dg.Out(), "b": dg.Out(is_required=False), "n": dg.Out(dg.Nothing)})
def source(context):
    context.log_event(dg.AssetMaterialization("m1"))
    context.log_event(dg.AssetObservation("o1"))
    yield dg.Output([1], "a")
    yield dg.Output(None, "n")


@dg.op
def sink(a):
    return a


@dg.op
def unseen(b):
    return b


@dg.graph(out={"r": dg.GraphOut()})
def g():
    a, b, n = source()
    unseen(b)
    return {"r": sink(a)}


result = g.execute_in_process()
see("output", result.output_value("r"))
see("node", result.output_for_node("source", "a"))
with fails("nothing output"):
    see("n", result.output_for_node("source", "n"))
with fails("skipped output"):
    result.output_for_node("source", "b")
with fails("skipped node"):
    result.output_for_node("unseen")
see("materializations", [m.asset_key for m in result.asset_materializations_for_node("source")])
see("observations", [o.asset_key for o in result.asset_observations_for_node("source")])
see(
    "is",
    {
        n: [result.is_node_success(n), result.is_node_failed(n), result.is_node_skipped(n), result.is_node_untouched(n)]
        for n in ("source", "sink", "unseen")
    },
)
see("events", {n: [e.event_type_value for e in result.events_for_node(n)] for n in ("sink", "unseen")})
see(
    "run",
    [result.run_id == result.dagster_run.run_id, result.dagster_run.is_success, result.job_def.name, result.success],
)
see("retries", result.retry_attempts_for_node("sink"))
see("job events", [e.event_type_value for e in result.all_events if e.is_job_event])
see("names", [e.node_name for e in result.all_node_events if e.is_step_start])
see("filter", [e.step_key for e in result.filter_events(lambda e: e.is_step_success)])
with fails("failure data of no node"):
    result.failure_data_for_node("nothing")
with fails("asset value"):
    result.asset_value("m1")
