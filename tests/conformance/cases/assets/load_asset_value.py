import dagster as dg
from observe import fails, ran, see

# Values of other assets loaded through the context or the result.


@dg.asset
def a():
    return 4


@dg.asset(deps=[a])
def b(context: dg.AssetExecutionContext):
    return context.load_asset_value(dg.AssetKey("a")) + 1


with dg.DagsterInstance.ephemeral() as instance:
    pass
with fails("run"):
    result = dg.materialize([a, b], raise_on_error=False)
    ran("run events", result)
    see("value", result.output_for_node("b") if result.success else None)
