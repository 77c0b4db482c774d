import dagster as dg
from observe import fails, see

# Asset jobs over multi-assets, with config of some, in Definitions; their results by asset.


class Size(dg.Config):
    n: int = 2


@dg.multi_asset(
    outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(key="pre_b", is_required=False)}, can_subset=True
)
def ab(context: dg.AssetExecutionContext, config: Size):
    if "a" in context.selected_output_names:
        yield dg.Output(config.n, "a", metadata={"rows": config.n})
    if "b" in context.selected_output_names:
        yield dg.Output(config.n * 2, "b")


@dg.asset
def c(a, pre_b):
    return a + pre_b


@dg.asset(key=["deep", "d"])
def d(c):
    return c * 2


defs = dg.Definitions(
    assets=[ab, c, d],
    jobs=[
        dg.define_asset_job("everything"),
        dg.define_asset_job("only_a", selection="a", config={"ops": {"ab": {"config": {"n": 7}}}}),
        dg.define_asset_job("both", selection=dg.AssetSelection.assets(ab)),
    ],
)
result = defs.resolve_job_def("everything").execute_in_process(run_config={"ops": {"ab": {"config": {"n": 3}}}})
see("d", [result.asset_value(["deep", "d"]), result.output_for_node("deep__d")])
see("events", [[e.asset_key, e.step_key] for e in result.get_asset_materialization_events()])
result = defs.resolve_job_def("only_a").execute_in_process()
see(
    "only a", [[e.asset_key, e.materialization.metadata.get("rows")] for e in result.get_asset_materialization_events()]
)
see("a", result.output_for_node("ab", "a"))
result = defs.resolve_job_def("both").execute_in_process(asset_selection=[dg.AssetKey("pre_b")])
see("both, part", [e.asset_key for e in result.get_asset_materialization_events()])
with fails("no such job"):
    defs.resolve_job_def("nothing")
with fails("outside of the job"):
    defs.resolve_job_def("both").execute_in_process(asset_selection=[dg.AssetKey("c")])
see(
    "jobs", sorted(job.name for job in defs.resolve_all_job_defs()) if hasattr(defs, "resolve_all_job_defs") else "none"
)
