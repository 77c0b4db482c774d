import dagster as dg
from observe import see

# Assets of the module that asks.


@dg.asset
def oats(): ...


@dg.asset
def bread(oats): ...


@dg.asset_check(asset=oats)
def dry():
    return dg.AssetCheckResult(passed=True)


inside = [dg.AssetSpec("spec_in_list")]
see("assets", sorted(k.to_user_string() for a in dg.load_assets_from_current_module() for k in a.keys))
see(
    "group",
    sorted({g for a in dg.load_assets_from_current_module(group_name="g") for g in a.group_names_by_key.values()}),
)
see("checks", [c.check_key.name for c in dg.load_asset_checks_from_current_module()])
see(
    "specs",
    sorted(
        getattr(a, "key", None).to_user_string()
        for a in dg.load_assets_from_current_module(include_specs=True)
        if isinstance(a, dg.AssetSpec)
    ),
)
