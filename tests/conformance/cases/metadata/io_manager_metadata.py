import dagster as dg
from observe import ran, see

# Metadata from the definition, the step and the IO manager on one event.


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        see("definition metadata", context.definition_metadata)
        see("output metadata", context.output_metadata)
        context.add_output_metadata({"from": "manager", "manager": 1})

    def load_input(self, context): ...


@dg.asset(metadata={"defined": 1})
def a(context):
    context.add_output_metadata({"from": "context", "context": 1})
    return dg.Output(1, metadata={"from": "output", "output": 1})


ran("run", dg.materialize([a], resources={"io_manager": Shelf()}))
