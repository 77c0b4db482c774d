import dagster as dg
from observe import fails, see

# A job in Definitions is found by name and runs with its resources.


@dg.op(required_resource_keys={"r"})
def use(context):
    return context.resources.r


@dg.job
def j():
    use()


with fails("alone"):
    j.execute_in_process()
see("given", j.execute_in_process(resources={"r": 5}).output_for_node("use"))
defs = dg.Definitions(jobs=[j], resources={"r": 6})
see("from definitions", defs.resolve_job_def("j").execute_in_process().output_for_node("use"))
see("override", defs.resolve_job_def("j").execute_in_process(resources={"r": 7}).output_for_node("use"))
with fails("unknown job"):
    defs.resolve_job_def("nope")
