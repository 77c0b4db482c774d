import dagster as dg
from observe import see

# A ConfigurableLegacyIOManagerAdapter wraps a manager function.

KEPT = {}


class Shelf(dg.IOManager):
    def __init__(self, name):
        self.name = name

    def handle_output(self, context, obj):
        KEPT[self.name] = obj

    def load_input(self, context):
        return KEPT[self.name]


@dg.io_manager(config_schema={"name": dg.StringSource})
def old(context):
    return Shelf(context.resource_config["name"])


class New(dg.ConfigurableLegacyIOManagerAdapter):
    name: str

    @property
    def wrapped_io_manager(self):
        return old


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a


see("value", dg.materialize([a, b], resources={"io_manager": New(name="n")}).output_for_node("b"))
see("kept", KEPT)
