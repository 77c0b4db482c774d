import dagster as dg
from observe import fails, ran, see


@dg.asset
def one():
    return 1


@dg.asset(key_prefix="p")
def two():
    return 2


src = dg.SourceAsset("src")
spec = dg.AssetSpec("sp", group_name="ext")


@dg.multi_asset(specs=[dg.AssetSpec("m1"), dg.AssetSpec("m2")])
def m():
    yield dg.MaterializeResult(asset_key="m1")
    yield dg.MaterializeResult(asset_key="m2")


@dg.asset(deps=[one, two, src, spec, m, "strx", dg.AssetKey("k"), dg.AssetDep("d"), dg.AssetDep(dg.AssetSpec("sd"))])
def down():
    return 3


see("deps", sorted(k.to_user_string() for k in down.dependency_keys))
see("order", [d.asset_key for d in list(down.specs)[0].deps])
ran("run", dg.materialize([one, two, spec, m, down]))
with fails("tuple"):

    @dg.asset(deps=[("a", "b")])
    def bad(): ...


with fails("int"):

    @dg.asset(deps=[3])
    def bad2(): ...


with fails("list"):

    @dg.asset(deps=[["a", "b"]])
    def bad3(): ...


with fails("asset in dep multi"):
    dg.AssetDep(m)
with fails("dep of def"):
    see("dep of def key", dg.AssetDep(one).asset_key)
