import dagster as dg
from observe import fails, see, steps

# Arguments of execute_in_process for an asset job.


@dg.asset(required_resource_keys={"r"})
def a(context):
    return context.resources.r


@dg.asset
def b(a):
    return a + 1


job = dg.define_asset_job("j")
defs = dg.Definitions(assets=[a, b], jobs=[job], resources={"r": 3})
resolved = defs.resolve_job_def("j")
see("plain", resolved.execute_in_process().output_for_node("b"))
with fails("other resources"):
    see("other", resolved.execute_in_process(resources={"r": 10}).output_for_node("b"))
with dg.DagsterInstance.ephemeral() as instance:
    resolved.execute_in_process(instance=instance)
    see(
        "selection", resolved.execute_in_process(instance=instance, asset_selection=[dg.AssetKey("a")]).asset_value("a")
    )
    see("recorded", instance.get_latest_materialization_event(dg.AssetKey("a")).asset_materialization.asset_key)
    see("runs", len(instance.get_runs()))
see(
    "run id",
    resolved.execute_in_process(run_id="22222222-2222-2222-2222-222222222222").run_id
    == "22222222-2222-2222-2222-222222222222",
)
see("op selection", sorted(steps(resolved.execute_in_process(op_selection=["a"]))))
see("result", resolved.execute_in_process().job_def.name)
with fails("partition of unpartitioned"):
    resolved.execute_in_process(partition_key="x")
