import dagster as dg
from observe import see

# deps takes assets, keys, strings, AssetDep, AssetSpec and multi-assets.


@dg.asset
def one(): ...


@dg.multi_asset(specs=[dg.AssetSpec("two"), dg.AssetSpec(["three", "x"])])
def several(): ...


source = dg.AssetSpec("four")


@dg.asset(
    deps=[
        one,
        several,
        source,
        "five",
        dg.AssetKey(["six", "y"]),
        ["seven", "z"],
        dg.AssetDep("eight"),
        dg.AssetDep(one),
    ]
)
def all_of_them(): ...


see("deps", sorted(k.to_user_string() for k in all_of_them.dependency_keys))
see("spec deps", sorted(d.asset_key.to_user_string() for d in list(all_of_them.specs)[0].deps))
see("types", sorted({i.dagster_type.display_name for i in all_of_them.op.ins.values()}))
