import dagster as dg
from observe import fails, see

# What the result of a run answers.


@dg.asset
def a():
    return dg.Output(1, metadata={"n": 1})


@dg.asset
def b(a):
    return 2


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut()})
def pair():
    return 3, 4


result = dg.materialize([a, b, pair])
see("class", type(result).__name__)
see("job", [result.job_def.name, result.success])
see("node events", sorted({e.event_type_value for e in result.events_for_node("a")}))
see(
    "failed and skipped",
    [
        result.is_node_success("a"),
        result.is_node_failed("a"),
        result.is_node_skipped("a"),
        result.is_node_untouched("a"),
    ],
)
see("materializations", [[m.asset_key, m.metadata["n"]] for m in result.asset_materializations_for_node("a")])
see("all events", len(result.all_node_events) < len(result.all_events))
see("materialization events", sorted(e.asset_key.to_user_string() for e in result.get_asset_materialization_events()))
see(
    "outputs",
    sorted(
        e.step_output_data.output_name
        for e in result.get_step_success_events() and result.filter_events(lambda e: e.is_successful_output)
    ),
)
see("step successes", sorted(e.step_key for e in result.get_step_success_events()))
see("run", [result.dagster_run.job_name, str(result.dagster_run.status.value)])
with fails("unknown node"):
    result.output_for_node("nope")
with fails("unknown output"):
    result.output_for_node("a", "nope")
with fails("unknown asset"):
    result.asset_value("nope")
with fails("output of several without a name"):
    result.output_for_node("pair")
see("check evaluations", result.get_asset_check_evaluations())
with fails("output of a job"):
    result.output_value()
