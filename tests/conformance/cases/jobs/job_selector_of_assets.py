import dagster as dg
from observe import fails, see

# define_asset_job objects are unresolved until a location resolves them.


@dg.asset
def a():
    return 1


job = dg.define_asset_job("j", selection=[a])
see("name", job.name)
with fails("run it"):
    job.execute_in_process()
see("resolved", dg.Definitions(assets=[a], jobs=[job]).resolve_job_def("j").execute_in_process().success)
