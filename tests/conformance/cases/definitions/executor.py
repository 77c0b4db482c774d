import dagster as dg
from observe import fails, see

# The executor of Definitions is used for jobs without their own.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.job(executor_def=dg.multiprocess_executor)
def own():
    one()


defs = dg.Definitions(jobs=[j, own, dg.define_asset_job("aj")], executor=dg.in_process_executor)
see("executors", {job.name: job.executor_def.name for job in defs.resolve_all_job_defs() if job.name in ("j", "own")})
see("default", dg.Definitions(jobs=[j]).resolve_job_def("j").executor_def.name)
with fails("not an executor"):
    dg.Definitions(executor="in_process")
