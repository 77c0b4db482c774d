import dagster as dg
from observe import fails, see

# Entries of deps that are no asset are refused at definition.

with fails("number"):

    @dg.asset(deps=[3])
    def a(): ...


with fails("none"):

    @dg.asset(deps=[None])
    def b(): ...


def plain(): ...


with fails("function"):

    @dg.asset(deps=[plain])
    def c(): ...


with fails("string instead of a list"):

    @dg.asset(deps="ab")
    def d(): ...

    see("letters", sorted(k.to_user_string() for k in d.dependency_keys))


with fails("dictionary"):

    @dg.asset(deps={"x": 1})
    def e(): ...

    see("keys of the dictionary", e.dependency_keys)

with fails("AssetDep of a list"):
    see("AssetDep list", dg.AssetDep(["p", "q"]).asset_key)
with fails("AssetDep of a number"):
    dg.AssetDep(3)
