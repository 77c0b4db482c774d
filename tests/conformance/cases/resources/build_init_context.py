import dagster as dg
from observe import fails, see

# A resource called directly with a built context.

DIFFERS = {
    "context": "the class is no public name",
}


@dg.resource(config_schema={"n": int}, required_resource_keys={"other"})
def made(context):
    return context.resource_config["n"] + context.resources.other


@dg.resource
def gen(context):
    yield "generated"


@dg.resource
def bare():
    return "bare"


context = dg.build_init_resource_context(config={"n": 3}, resources={"other": 4})
see("called", made(context))
see("bare", bare())
with fails("generator"):
    see("gen", gen(dg.build_init_resource_context()))
with fails("no context"):
    made()
with fails("no config"):
    made(dg.build_init_resource_context(resources={"other": 4}))
see("context", [context.resource_config, context.resources.other, context.run, type(context).__name__])
see("empty", dg.build_init_resource_context().resource_config)
