import dagster as dg
from observe import fails, see

# An error while a resource is torn down.


@dg.resource
def grumpy(context):
    yield 1
    raise ValueError("late")


@dg.op(required_resource_keys={"grumpy"})
def look(context):
    return context.resources.grumpy


@dg.job(resource_defs={"grumpy": grumpy})
def j():
    look()


with fails("run"):
    result = j.execute_in_process(raise_on_error=False)
    see("success", result.success)
    see("value", result.output_for_node("look"))
