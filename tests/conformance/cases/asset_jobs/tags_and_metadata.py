import dagster as dg
from observe import fails, see

# Tags, run tags, description and metadata of an asset job.


@dg.asset
def a(context):
    return {k: v for k, v in context.run.tags.items() if not k.startswith("dagster/") and not k.startswith(".")}


job = dg.define_asset_job(
    "j", selection=[a], tags={"t": "job"}, run_tags={"r": "run"}, description="d", metadata={"m": 1}
)
see("unresolved", [job.name, job.description])
resolved = dg.Definitions(assets=[a], jobs=[job]).resolve_job_def("j")
see("tags", {k: v for k, v in resolved.tags.items() if not k.startswith(".")})
see("description", resolved.description)
see("metadata", resolved.metadata)
see("inside", resolved.execute_in_process(tags={"e": "execution"}).output_for_node("a"))
only_tags = dg.Definitions(
    assets=[a], jobs=[dg.define_asset_job("k", selection=[a], tags={"t": "job"})]
).resolve_job_def("k")
see("only tags", only_tags.execute_in_process().output_for_node("a"))
with fails("bad tag"):
    dg.define_asset_job("j", tags={"t": {"a": object()}})
with fails("number tag"):
    see("number", dg.define_asset_job("j", tags={"t": 1}).tags)
