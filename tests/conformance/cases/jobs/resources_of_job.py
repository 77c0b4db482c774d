import dagster as dg
from observe import see

# resource_defs of a job win over the ones of Definitions.


@dg.op(required_resource_keys={"r"})
def use(context):
    return context.resources.r


@dg.job(resource_defs={"r": dg.ResourceDefinition.hardcoded_resource(1)})
def j():
    use()


see("alone", j.execute_in_process().output_for_node("use"))
defs = dg.Definitions(jobs=[j], resources={"r": 2})
see("in definitions", defs.resolve_job_def("j").execute_in_process().output_for_node("use"))


@dg.job(resource_defs={"r": 3})
def k():
    use()


see("plain value", k.execute_in_process().output_for_node("use"))
