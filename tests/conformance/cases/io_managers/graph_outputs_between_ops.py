import dagster as dg
from observe import see

# Only the output of a graph-backed asset has an asset key.

calls = []


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        calls.append(
            [
                context.step_key,
                context.has_asset_key,
                context.asset_key.to_user_string() if context.has_asset_key else None,
            ]
        )
        self.last = obj

    def load_input(self, context):
        calls.append(["load", context.has_asset_key])
        return self.last


@dg.op
def one():
    return 1


@dg.op
def two(x):
    return x + 1


@dg.graph_asset
def made():
    return two(one())


see("value", dg.materialize([made], resources={"io_manager": Shelf()}).output_for_node("made"))
see("calls", calls)
