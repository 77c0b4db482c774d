import dagster as dg
from observe import fails, ran, see

# What managers see for values between ops.


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        see("out", [context.name, context.step_key, context.has_asset_key])
        see("identifier", context.get_identifier()[1:])
        see("run identifier", context.get_run_scoped_output_identifier()[1:])
        with fails("asset key"):
            context.asset_key

    def load_input(self, context):
        up = context.upstream_output
        see("in", [context.name, context.has_asset_key, up.step_key, up.name])
        see("upstream identifier", up.get_identifier()[1:])
        see("input identifier", context.get_identifier()[1:])
        return 6


@dg.op(out={"x": dg.Out()})
def one():
    return 1


@dg.op(out=dg.Out(dg.Nothing))
def two(y): ...


@dg.job(resource_defs={"io_manager": Shelf()})
def j():
    two(one())


ran("run", j.execute_in_process())
