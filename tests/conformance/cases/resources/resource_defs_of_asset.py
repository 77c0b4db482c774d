import dagster as dg
from observe import fails, see

# Resources given with the asset itself.


class Box(dg.ConfigurableResource):
    size: int


@dg.asset(resource_defs={"box": Box(size=3)})
def a(context):
    return context.resources.box.size


@dg.asset(resource_defs={"box": dg.ResourceDefinition.hardcoded_resource(5)})
def b(context):
    return context.resources.box


see("keys", sorted(a.required_resource_keys))
see("a", dg.materialize([a]).output_for_node("a"))
with fails("conflict"):
    dg.materialize([a, b])
with fails("given again"):
    dg.materialize([a], resources={"box": Box(size=9)})
with fails("validate conflict"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, b]))
