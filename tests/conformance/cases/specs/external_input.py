import dagster as dg
from observe import fails, see

# An external asset as an input is loaded by its IO manager.


class Shelf(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return f"from shelf {context.asset_key.to_user_string()}"


@dg.asset
def reader(outside):
    return outside


spec = dg.AssetSpec("outside")
result = dg.materialize([reader, spec], resources={"io_manager": Shelf()}, selection=["reader"])
see("default", result.output_for_node("reader"))
spec = dg.AssetSpec("outside", metadata={"dagster/io_manager_key": "shelf"})
with fails("with key"):
    result = dg.materialize([reader, spec], resources={"shelf": Shelf()}, selection=["reader"])
    see("own", result.output_for_node("reader"))
spec = dg.AssetSpec("outside").with_io_manager_key("shelf")
with fails("with method"):
    result = dg.materialize([reader, spec], resources={"shelf": Shelf()}, selection=["reader"])
    see("method", result.output_for_node("reader"))
