import dagster as dg
from observe import fails, see

# Resources in direct invocation.


@dg.op(required_resource_keys={"r"})
def use(context):
    return context.resources.r


@dg.resource
def made(context):
    return "made"


@dg.resource
def generated(context):
    yield "generated"


see("value", use(dg.build_op_context(resources={"r": 5})))
see("resource", use(dg.build_op_context(resources={"r": made})))
with fails("generator without with"):
    use(dg.build_op_context(resources={"r": generated}))
with dg.build_op_context(resources={"r": generated}) as context:
    see("generator", use(context))
with fails("missing"):
    use(dg.build_op_context())
