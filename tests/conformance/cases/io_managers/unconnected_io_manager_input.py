import dagster as dg
from observe import see

# An IO manager that loads an input nothing is connected to.


class Shelf(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return [context.upstream_output is None, context.name, context.has_asset_key]


@dg.op(ins={"x": dg.In(input_manager_key="shelf")})
def look(x):
    return x


@dg.job(resource_defs={"shelf": Shelf()})
def j():
    look()


see("value", j.execute_in_process().output_for_node("look"))
