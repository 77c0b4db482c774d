import dagster as dg
from observe import fails, ran, see

# A subsettable multi-asset around another asset, by deps.

calls = []


@dg.multi_asset(
    specs=[dg.AssetSpec("a", skippable=True), dg.AssetSpec("c", deps=["b"], skippable=True)],
    can_subset=True,
)
def outer(context: dg.AssetExecutionContext):
    calls.append(sorted(k.to_user_string() for k in context.selected_asset_keys))
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(asset_key=key)


@dg.asset(deps=["a"])
def b():
    calls.append("b")


with fails("run raises"):
    ran("run", dg.materialize([outer, b]))
see("calls", calls)
