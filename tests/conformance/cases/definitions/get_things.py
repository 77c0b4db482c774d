import dagster as dg
from observe import fails, see

# Jobs in Definitions are looked up by name.


@dg.asset
def a(): ...


@dg.op
def one(): ...


@dg.job
def j():
    one()


asset_job = dg.define_asset_job("aj", selection=[a])
defs = dg.Definitions(assets=[a], jobs=[j, asset_job])
see("job", defs.resolve_job_def("j").name)
see("asset job", type(defs.resolve_job_def("aj")).__name__)
see("all jobs", sorted(job.name for job in defs.resolve_all_job_defs()))
see("older spelling", defs.get_job_def("j").name)
with fails("unknown job"):
    defs.resolve_job_def("nope")
with fails("asset as a job"):
    defs.resolve_job_def("a")
see("implicit job", defs.resolve_implicit_global_asset_job_def().name)
see(
    "has implicit job", [defs.has_implicit_global_asset_job_def(), dg.Definitions().has_implicit_global_asset_job_def()]
)
see("listed", [[type(x).__name__ for x in defs.jobs], [type(x).__name__ for x in defs.assets]])
