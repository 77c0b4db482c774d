import dagster as dg
from observe import fails, see, steps

# A resource that raises when the run starts.


@dg.resource
def broken(context):
    raise ValueError("no")


@dg.op(required_resource_keys={"broken"})
def a(context):
    return 1


@dg.op
def b():
    return 2


@dg.job(resource_defs={"broken": broken})
def j():
    a()
    b()


with fails("raises"):
    j.execute_in_process()
with fails("without raising"):
    result = j.execute_in_process(raise_on_error=False)
    see("success", result.success)
    see("steps", steps(result))
