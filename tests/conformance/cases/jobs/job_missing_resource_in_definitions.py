import dagster as dg
from observe import fails

# A job in Definitions whose resource nobody gives.


@dg.op(required_resource_keys={"r"})
def use(context):
    return context.resources.r


@dg.job
def j():
    use()


defs = None
with fails("build"):
    defs = dg.Definitions(jobs=[j])
with fails("resolve"):
    defs.resolve_job_def("j")
with fails("validate"):
    dg.Definitions.validate_loadable(defs)
