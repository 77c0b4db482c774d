import dagster as dg
from observe import see

# Contexts annotated by their classes in managers, resources and ops.


class Box(dg.ConfigurableResource):
    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        see("resource", isinstance(context, dg.InitResourceContext))


class Shelf(dg.IOManager):
    def handle_output(self, context: dg.OutputContext, obj) -> None:
        see("output", isinstance(context, dg.OutputContext))

    def load_input(self, context: dg.InputContext):
        see("input", isinstance(context, dg.InputContext))
        return 1


@dg.asset
def a(context: dg.AssetExecutionContext, box: Box):
    see(
        "asset",
        [
            isinstance(context, dg.AssetExecutionContext),
            isinstance(context.op_execution_context, dg.OpExecutionContext),
        ],
    )
    return 1


@dg.op
def b(context: dg.OpExecutionContext):
    see("op", isinstance(context, dg.OpExecutionContext))


@dg.asset
def c(a) -> None: ...


dg.materialize([a, c], resources={"io_manager": Shelf(), "box": Box()})


@dg.job
def j():
    b()


j.execute_in_process()
