import dagster as dg
from observe import ran, see

# A ConfigurableIOManager stores and loads for assets.

KEPT = {}


class Shelf(dg.ConfigurableIOManager):
    prefix: str = "p"

    def handle_output(self, context, obj):
        KEPT[self.prefix, tuple(context.asset_key.path)] = obj

    def load_input(self, context):
        return KEPT[self.prefix, tuple(context.asset_key.path)]


@dg.asset
def a():
    return 3


@dg.asset
def b(a):
    return a + 1


result = dg.materialize([a, b], resources={"io_manager": Shelf(prefix="q")})
ran("run", result)
see("kept", {"/".join([p, *k]): v for (p, k), v in KEPT.items()})
see("value", result.output_for_node("b"))
see(
    "at launch",
    dg.materialize(
        [a],
        resources={"io_manager": Shelf.configure_at_launch()},
        run_config={"resources": {"io_manager": {"config": {"prefix": "z"}}}},
    ).success,
)
see("prefixes", sorted({p for p, _ in KEPT}))
