import dagster as dg
from observe import fails, see

# A resource that fails to start, and a body that fails.

log = []


@dg.resource
def managed(context):
    log.append("start")
    try:
        yield 1
    finally:
        log.append("end")


@dg.resource(required_resource_keys={"managed"})
def broken(context):
    raise ValueError("no")


with fails("start"):
    with dg.build_resources({"managed": managed, "broken": broken}):
        pass
see("after failed start", list(log))
log.clear()
with fails("body"):
    with dg.build_resources({"managed": managed}):
        raise KeyError("x")
see("after failed body", log)
