import dagster as dg
from observe import fails, see

# Resources of ops by annotation, by key, in nested graphs.


class Box(dg.ConfigurableResource):
    size: int


@dg.op
def by_annotation(box: Box):
    return box.size


@dg.op(required_resource_keys={"box"})
def by_key(context, upstream):
    return upstream + context.resources.box.size


@dg.graph
def inner():
    return by_key(by_annotation())


@dg.job(resource_defs={"box": Box(size=3)})
def j():
    inner()


see("value", j.execute_in_process().output_for_node("inner"))
with fails("other resources for a bound job"):
    see("override", j.execute_in_process(resources={"box": Box(size=5)}).output_for_node("inner"))


@dg.job
def without():
    inner()


with fails("at load"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[without]))
with fails("at run"):
    without.execute_in_process()
see("given at run", without.execute_in_process(resources={"box": Box(size=10)}).output_for_node("inner"))
with fails("unknown resource in the context"):

    @dg.op
    def curious(context):
        return context.resources.box

    @dg.job
    def k():
        curious()

    k.execute_in_process()
