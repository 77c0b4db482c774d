import dagster as dg
from observe import see

# Managers that use resources.


class Box(dg.ConfigurableResource):
    size: int


class Shelf(dg.ConfigurableIOManager):
    box: Box

    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return self.box.size


@dg.io_manager(required_resource_keys={"box"})
def from_function(context):
    class Inner(dg.IOManager):
        def handle_output(self, context, obj): ...

        def load_input(self, context):
            return context.resources.box.size * 10

    return Inner()


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a


see("nested", dg.materialize([a, b], resources={"io_manager": Shelf(box=Box(size=3))}).output_for_node("b"))
see(
    "resources of the context",
    dg.materialize([a, b], resources={"io_manager": from_function, "box": Box(size=4)}).output_for_node("b"),
)
