import dagster as dg
from observe import see

# Assets of the module that asks.


@dg.asset
def oats(): ...


@dg.asset
def bread(oats): ...


inside = [dg.AssetSpec("spec_in_list")]
see("assets", sorted(k.to_user_string() for a in dg.load_assets_from_current_module() for k in a.keys))
see(
    "group",
    sorted({g for a in dg.load_assets_from_current_module(group_name="g") for g in a.group_names_by_key.values()}),
)
see("prefix", sorted(k.to_user_string() for a in dg.load_assets_from_current_module(key_prefix="p") for k in a.keys))
see(
    "specs",
    sorted(
        a.key.to_user_string()
        for a in dg.load_assets_from_current_module(include_specs=True)
        if isinstance(a, dg.AssetSpec)
    ),
)
