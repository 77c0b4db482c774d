import dagster as dg
from observe import fails, ran

# A type check that needs a resource.


def check(context: dg.TypeCheckContext, value):
    return value in context.resources.allowed


Allowed = dg.DagsterType(name="Allowed", type_check_fn=check, required_resource_keys={"allowed"})


@dg.op(out=dg.Out(Allowed))
def one():
    return 1


@dg.op(out=dg.Out(Allowed))
def two():
    return 2


@dg.job
def j():
    one()
    two()


ran("run", j.execute_in_process(resources={"allowed": [1]}, raise_on_error=False))
with fails("missing resource"):
    j.execute_in_process()
