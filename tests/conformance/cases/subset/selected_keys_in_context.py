import dagster as dg
from observe import ran, see

# What the context says about the selection.


@dg.multi_asset(
    specs=[dg.AssetSpec("a", skippable=True), dg.AssetSpec("b", skippable=True), dg.AssetSpec("c", skippable=True)],
    can_subset=True,
)
def three(context: dg.AssetExecutionContext):
    see(f"keys {len(context.selected_asset_keys)}", context.selected_asset_keys)
    see(f"names {len(context.selected_asset_keys)}", context.selected_output_names)
    see(f"subset {len(context.selected_asset_keys)}", context.is_subset)
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(asset_key=key)


ran("two", dg.materialize([three], selection=["c", "a"]))
ran("all", dg.materialize([three]))
