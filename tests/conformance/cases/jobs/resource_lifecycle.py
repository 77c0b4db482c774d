import dagster as dg
from observe import ran, see

# Resources of a run start once before the steps and end after them, in reverse order.

log = []


@dg.resource
def first(context):
    log.append("first starts")
    yield 1
    log.append("first ends")


@dg.resource(required_resource_keys={"first"})
def second(context):
    log.append("second starts")
    yield 2
    log.append("second ends")


@dg.op(required_resource_keys={"second"})
def a(context):
    log.append("a")


@dg.op(required_resource_keys={"first"})
def b(context):
    log.append("b")
    raise ValueError


@dg.job(resource_defs={"first": first, "second": second})
def j():
    a()
    b()


ran("run", j.execute_in_process(raise_on_error=False))
see("log", log)
