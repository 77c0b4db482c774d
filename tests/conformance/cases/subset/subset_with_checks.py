import dagster as dg
from observe import ran, see

NOT_YET = "asset checks come with a later issue"

# Checks of a subsettable multi-asset follow the selection.


@dg.multi_asset(
    specs=[dg.AssetSpec("a", skippable=True), dg.AssetSpec("b", skippable=True)],
    check_specs=[dg.AssetCheckSpec("ok", asset="a")],
    can_subset=True,
)
def both(context: dg.AssetExecutionContext):
    see(f"checks {len(context.selected_asset_keys)}", [k.name for k in context.selected_asset_check_keys])
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(asset_key=key)
    for key in context.selected_asset_check_keys:
        yield dg.AssetCheckResult(passed=True, asset_key=key.asset_key, check_name=key.name)


ran("all", dg.materialize([both]))
