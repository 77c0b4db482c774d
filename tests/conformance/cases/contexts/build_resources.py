import dagster as dg
from observe import fails, see

# build_resources starts and ends resources.

log = []


@dg.resource
def managed(context):
    log.append("start")
    yield "value"
    log.append("end")


@dg.resource(config_schema=int)
def number(context):
    return context.resource_config


@dg.resource(required_resource_keys={"number"})
def double(context):
    return context.resources.number * 2


with dg.build_resources(
    {"m": managed, "number": number, "double": double, "plain": 7}, resource_config={"number": {"config": 5}}
) as resources:
    see("values", [resources.m, resources.number, resources.double, resources.plain])
    log.append("body")
see("log", log)
with fails("wrong config"):
    with dg.build_resources({"number": number}, resource_config={"number": {"config": "x"}}):
        pass
with fails("no config"):
    with dg.build_resources({"number": number}):
        pass
