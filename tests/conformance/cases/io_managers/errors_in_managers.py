import dagster as dg
from observe import fails, ran

# Errors raised while storing and loading.


class Bad(dg.IOManager):
    def __init__(self, when):
        self.when = when

    def handle_output(self, context, obj):
        if self.when == "store":
            raise ValueError("full")

    def load_input(self, context):
        if self.when == "load":
            raise KeyError("empty")
        return 1


class Half(dg.IOManager):
    def handle_output(self, context, obj): ...


@dg.asset
def a():
    return 1


@dg.asset
def b(a): ...


for when in ("store", "load", "never"):
    ran(when, dg.materialize([a, b], resources={"io_manager": Bad(when)}, raise_on_error=False))
with fails("store raises"):
    dg.materialize([a, b], resources={"io_manager": Bad("store")})
with fails("load raises"):
    dg.materialize([a, b], resources={"io_manager": Bad("load")})
with fails("abstract"):
    Half()


class Returns(dg.IOManager):
    def handle_output(self, context, obj):
        return 5

    def load_input(self, context): ...


with fails("returns"):
    ran("returns run", dg.materialize([a], resources={"io_manager": Returns()}, raise_on_error=False))
