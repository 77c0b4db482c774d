import dagster as dg
from observe import fails, see

# Resources made by functions, with and without config and context.


@dg.resource
def bare():
    return "bare"


@dg.resource
def with_context(context):
    return ["context", context.resource_config]


@dg.resource(config_schema={"n": int}, description="counts")
def with_config(context):
    return context.resource_config["n"]


@dg.resource(required_resource_keys={"bare"})
def with_needs(context):
    return context.resources.bare + " needed"


@dg.op(required_resource_keys={"bare", "with_context", "with_config", "with_needs"})
def look(context):
    return [
        context.resources.bare,
        context.resources.with_context,
        context.resources.with_config,
        context.resources.with_needs,
    ]


@dg.job(
    resource_defs={"bare": bare, "with_context": with_context, "with_config": with_config, "with_needs": with_needs}
)
def j():
    look()


see(
    "value",
    j.execute_in_process(run_config={"resources": {"with_config": {"config": {"n": 4}}}}).output_for_node("look"),
)
see("description", with_config.description)
with fails("no config"):
    j.execute_in_process()
