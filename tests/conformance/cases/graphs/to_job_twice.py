import dagster as dg
from observe import fails, see

# One graph, two jobs with different config and resources.


@dg.op(config_schema=int, required_resource_keys={"factor"})
def scale(context):
    return context.op_config * context.resources.factor


@dg.graph
def g():
    return scale()


small = g.to_job(
    name="small",
    config={"ops": {"scale": {"config": 2}}},
    resource_defs={"factor": dg.ResourceDefinition.hardcoded_resource(10)},
)
large = g.to_job(name="large", config=dg.RunConfig(ops={"scale": {"config": 3}}), resource_defs={"factor": 1000})
see("small", small.execute_in_process().output_value())
see("large", large.execute_in_process().output_value())
with fails("bad config at definition"):
    bad = g.to_job(name="bad", config={"ops": {"scale": {"config": "x"}}}, resource_defs={"factor": 1})
    bad.execute_in_process()
