import dagster as dg
from observe import fails, see

# An op input that is an asset.

DIFFERS = {
    "has asset key": "an input that is an asset says which",
    "asset key": "an input that is an asset says which",
}


class Shelf(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        see("has asset key", context.has_asset_key)
        with fails("asset key"):
            context.asset_key
        return 1


@dg.op(ins={"x": dg.In(asset_key=dg.AssetKey(["p", "a"]), input_manager_key="shelf")})
def look(x):
    return x


@dg.job(resource_defs={"shelf": Shelf()})
def j():
    look()


see("value", j.execute_in_process().output_for_node("look"))
