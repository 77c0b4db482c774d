import dagster as dg
from observe import fails, see

# with_resources binds resources, and must bind all that are needed.


@dg.asset(required_resource_keys={"r"})
def a(context):
    return context.resources.r


with fails("without io manager"):
    a.with_resources({"r": dg.ResourceDefinition.hardcoded_resource(3)})
bound = a.with_resources({"r": dg.ResourceDefinition.hardcoded_resource(3), "io_manager": dg.mem_io_manager})
see("value", dg.materialize([bound]).output_for_node("a"))
see("resource defs", sorted(bound.resource_defs))
(other,) = dg.with_resources([a], {"r": dg.ResourceDefinition.hardcoded_resource(4)})
see("function", dg.materialize([other]).output_for_node("a"))
see("function defs", sorted(other.resource_defs))
with fails("function without"):
    dg.with_resources([a], {})
with fails("plain value"):
    see("plain", dg.materialize(dg.with_resources([a], {"r": 5})).output_for_node("a"))
with fails("twice"):
    dg.materialize([bound], resources={"r": dg.ResourceDefinition.hardcoded_resource(9)})
