import dagster as dg
from observe import fails, see

# Resources started without a run.

DIFFERS = {
    "missing dependency": "Dagster lets a KeyError through",
}

order = []


class Box(dg.ConfigurableResource):
    size: int = 1

    def setup_for_execution(self, context):
        order.append("box up")

    def teardown_after_execution(self, context):
        order.append("box down")


@dg.resource(config_schema={"n": int}, required_resource_keys={"box"})
def made(context):
    order.append("made up")
    yield context.resource_config["n"] + context.resources.box.size
    order.append("made down")


with dg.build_resources(
    {"box": Box(size=4), "made": made, "plain": 7}, resource_config={"made": {"config": {"n": 10}}}
) as resources:
    see("values", [resources.box.size, resources.made, resources.plain])
    order.append("inside")
    with fails("unknown"):
        resources.nope
see("order", order)
with fails("missing config"):
    with dg.build_resources({"box": Box(), "made": made}):
        pass
with fails("missing dependency"):
    with dg.build_resources({"made": made}, resource_config={"made": {"config": {"n": 1}}}):
        pass
