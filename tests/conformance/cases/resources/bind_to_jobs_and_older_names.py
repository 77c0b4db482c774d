import dagster as dg
from observe import see

# BindResourcesToJobs leaves jobs as they are.


@dg.op(required_resource_keys={"r"})
def look(context):
    return context.resources.r


@dg.job
def j():
    look()


defs = dg.Definitions(jobs=dg.BindResourcesToJobs([j]), resources={"r": 3})
see("value", defs.resolve_job_def("j").execute_in_process().output_for_node("look"))
