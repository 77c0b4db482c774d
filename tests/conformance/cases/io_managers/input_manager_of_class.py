import dagster as dg
from observe import see

# IO manager objects given where classes are annotated.


class Shelf(dg.IOManager):
    def handle_output(self, context: dg.OutputContext, obj): ...

    def load_input(self, context: dg.InputContext):
        return context.name


@dg.asset
def a():
    return 1


@dg.asset
def b(a, other):
    return [a, other]


other = dg.AssetSpec("other")
result = dg.materialize([a, b, other], resources={"io_manager": Shelf()})
see("value", result.output_for_node("b"))
see("wrapped", type(dg.IOManagerDefinition.hardcoded_io_manager(Shelf())).__name__)
see(
    "input manager",
    isinstance(dg.InputManagerDefinition(resource_fn=lambda context: Shelf()), dg.InputManagerDefinition),
)
