import dagster as dg
from observe import fails, see

# build_init_resource_context and calling a resource.


@dg.resource(config_schema={"n": int})
def number(context):
    return context.resource_config["n"]


@dg.resource(required_resource_keys={"base"})
def derived(context):
    return context.resources.base + 1


@dg.resource
def plain():
    return "plain"


see("config", number(dg.build_init_resource_context(config={"n": 3})))
see("resources", derived(dg.build_init_resource_context(resources={"base": 1})))
see("plain", plain())
with fails("context for a function without one"):
    plain(dg.build_init_resource_context())
with fails("no context"):
    number()
with fails("wrong config"):
    number(dg.build_init_resource_context(config={"n": "x"}))
with fails("missing resource"):
    derived(dg.build_init_resource_context())
context = dg.build_init_resource_context(config={"n": 1})
see("attributes", [context.resource_config, hasattr(context.log, "info")])
with dg.build_init_resource_context(resources={"base": 4}) as opened:
    see("opened", derived(opened))
