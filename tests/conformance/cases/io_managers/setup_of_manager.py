import dagster as dg
from observe import see

# setup and teardown of a ConfigurableIOManager.

order = []


class Shelf(dg.ConfigurableIOManager):
    def setup_for_execution(self, context):
        order.append("up")

    def teardown_after_execution(self, context):
        order.append("down")

    def handle_output(self, context, obj):
        order.append("store")

    def load_input(self, context):
        order.append("load")
        return 1


@dg.asset
def a():
    return 1


@dg.asset
def b(a): ...


dg.materialize([a, b], resources={"io_manager": Shelf()})
see("order", order)
