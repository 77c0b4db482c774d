import dagster as dg
from observe import fails, ran

# An asset between two assets of one subsettable multi-asset splits it into steps.


@dg.multi_asset(
    outs={"a": dg.AssetOut(is_required=False), "c": dg.AssetOut(is_required=False)},
    ins={"b": dg.AssetIn("b")},
    internal_asset_deps={"a": set(), "c": {dg.AssetKey("b")}},
    can_subset=True,
)
def outer(context, b):
    for name in sorted(context.selected_output_names):
        yield dg.Output(name, name)


@dg.asset
def b(a):
    return a


with fails("value input"):
    ran("run", dg.materialize([outer, b]))
