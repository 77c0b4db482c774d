import dagster as dg
from observe import fails, see

# Which annotations a context parameter may have.


@dg.asset
def bare(context):
    return type(context).__name__


@dg.asset
def as_asset(context: dg.AssetExecutionContext):
    return type(context).__name__


@dg.asset
def as_op(context: dg.OpExecutionContext):
    return type(context).__name__


with fails("wrong"):

    @dg.asset
    def wrong(context: int): ...


with fails("second place"):

    @dg.asset
    def late(x, context): ...


with fails("underscore"):

    @dg.asset
    def unused(_context):
        return 1

    see("inputs of underscore", unused.keys_by_input_name)


result = dg.materialize([bare, as_asset, as_op])
see("values", {n: result.output_for_node(n) for n in ("bare", "as_asset", "as_op")})
