import dagster as dg
from observe import fails, see

# configured on resources.

DIFFERS = {
    "overridden": "config that is ignored is a mistake",
    "config for a configured one": "config that is ignored is a mistake",
}


@dg.resource(config_schema={"size": int, "colour": dg.Field(str, default_value="red")})
def box(context):
    return [context.resource_config["size"], context.resource_config["colour"]]


@dg.op(required_resource_keys={"box"})
def look(context):
    return context.resources.box


def run(resource, config=None):
    @dg.job(resource_defs={"box": resource})
    def j():
        look()

    return j.execute_in_process(run_config=config or {}).output_for_node("look")


see("dictionary", run(box.configured({"size": 3})))


@dg.configured(box)
def fixed(_):
    return {"size": 4, "colour": "blue"}


@dg.configured(box, config_schema={"cm": int})
def in_metres(config):
    return {"size": config["cm"] // 100}


see("function", run(fixed))
see("with schema", run(in_metres, {"resources": {"box": {"config": {"cm": 500}}}}))
with fails("missing"):
    run(box)
see("given at run", run(box, {"resources": {"box": {"config": {"size": 1}}}}))
with fails("config for a configured one"):
    see("overridden", run(box.configured({"size": 3}), {"resources": {"box": {"config": {"size": 9}}}}))
