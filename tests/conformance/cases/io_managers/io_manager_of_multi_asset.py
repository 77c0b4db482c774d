import dagster as dg
from observe import see

# Outs of one step kept by different managers.

calls = []


class Shelf(dg.ConfigurableIOManager):
    name: str

    def handle_output(self, context, obj):
        calls.append([self.name, context.name, context.asset_key.to_user_string(), context.definition_metadata, obj])

    def load_input(self, context):
        calls.append([self.name, "load", context.asset_key.to_user_string()])
        return 1


@dg.multi_asset(
    outs={
        "a": dg.AssetOut(io_manager_key="one", metadata={"m": "a"}),
        "b": dg.AssetOut(key="bee", io_manager_key="two"),
    }
)
def pair():
    return 1, 2


@dg.asset(io_manager_key="one")
def c(bee):
    return 3


dg.materialize([pair, c], resources={"one": Shelf(name="one"), "two": Shelf(name="two")})
see("calls", calls)
