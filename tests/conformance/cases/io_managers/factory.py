import dagster as dg
from observe import fails, see

# A ConfigurableIOManagerFactory makes the manager.


class Shelf(dg.IOManager):
    def __init__(self, name):
        self.name = name

    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return self.name


class ShelfFactory(dg.ConfigurableIOManagerFactory):
    name: str

    def create_io_manager(self, context) -> Shelf:
        see(f"factory context of {self.name}", type(context).__name__)
        return Shelf(self.name + " made")


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a


see("value", dg.materialize([a, b], resources={"io_manager": ShelfFactory(name="f")}).output_for_node("b"))
see(
    "at launch",
    dg.materialize(
        [a, b],
        resources={"io_manager": ShelfFactory.configure_at_launch()},
        run_config={"resources": {"io_manager": {"config": {"name": "g"}}}},
    ).output_for_node("b"),
)
with fails("abstract"):
    dg.ConfigurableIOManagerFactory()
