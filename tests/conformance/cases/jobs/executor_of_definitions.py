import dagster as dg
from observe import fails, see

# The executor of Definitions is the default of its jobs.


@dg.op
def one():
    return 1


@dg.job
def j():
    one()


@dg.job(executor_def=dg.in_process_executor)
def own():
    one()


defs = dg.Definitions(jobs=[j, own], executor=dg.multiprocess_executor)
see("default", defs.resolve_job_def("j").executor_def.name)
see("own", defs.resolve_job_def("own").executor_def.name)
see("without", dg.Definitions(jobs=[j]).resolve_job_def("j").executor_def.name)
see("either", dg.multi_or_in_process_executor.name)
with fails("not an executor"):
    dg.Definitions(jobs=[j], executor="x")
