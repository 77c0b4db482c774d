import dagster as dg
from observe import fails, see

# A manager given with the asset.


class Shelf(dg.IOManager):
    def __init__(self):
        self.kept = {}

    def handle_output(self, context, obj):
        self.kept[context.asset_key] = obj

    def load_input(self, context):
        return self.kept[context.asset_key]


shelf = Shelf()


@dg.asset(io_manager_def=dg.IOManagerDefinition.hardcoded_io_manager(shelf))
def a():
    return 4


@dg.asset
def b(a):
    return a + 1


see("value", dg.materialize([a, b]).output_for_node("b"))
see("kept", shelf.kept)
see("keys", sorted(a.required_resource_keys))
with fails("both"):

    @dg.asset(io_manager_def=dg.mem_io_manager, io_manager_key="x")
    def c(): ...


with fails("plain object"):

    @dg.asset(io_manager_def=Shelf())
    def d():
        return 1

    see("d", dg.materialize([d]).success)
