import dagster as dg
from observe import see

# The older ways to give resources.


@dg.op(required_resource_keys={"x", "y"})
def look(context):
    return [context.resources.x, context.resources.y]


@dg.graph
def g():
    look()


job = g.to_job(
    resource_defs={"x": dg.ResourceDefinition.hardcoded_resource(1), "y": dg.ResourceDefinition.string_resource()}
)
see("value", job.execute_in_process(run_config={"resources": {"y": {"config": "s"}}}).output_for_node("look"))
