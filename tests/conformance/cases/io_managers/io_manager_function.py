import dagster as dg
from observe import fails, see

# Managers made by functions, with config, resources and teardown.

order = []


class Shelf(dg.IOManager):
    def __init__(self, name):
        self.name = name

    def handle_output(self, context, obj):
        order.append(f"{self.name} stores {obj}")

    def load_input(self, context):
        return f"{self.name} loads"


@dg.io_manager
def bare():
    return Shelf("bare")


@dg.io_manager(config_schema={"name": dg.Field(str, default_value="d")}, required_resource_keys={"box"})
def full(context):
    return Shelf(context.resource_config["name"] + context.resources.box)


@dg.io_manager
def generated(context):
    order.append("up")
    yield Shelf("gen")
    order.append("down")


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a


for label, resources, config in [
    ("bare", {"io_manager": bare}, {}),
    ("full", {"io_manager": full, "box": "!"}, {}),
    ("configured", {"io_manager": full.configured({"name": "c"}), "box": "!"}, {}),
    ("config at run", {"io_manager": full, "box": "!"}, {"resources": {"io_manager": {"config": {"name": "r"}}}}),
    ("generated", {"io_manager": generated}, {}),
]:
    see(label, dg.materialize([a, b], resources=resources, run_config=config).output_for_node("b"))
    see(f"order of {label}", list(order))
    order.clear()
with fails("missing needed resource"):
    dg.materialize([a, b], resources={"io_manager": full})
