import dagster as dg
from observe import fails, see

# ins accepts a key or a key string instead of an AssetIn.

DIFFERS = {
    "AssetKey": "Dagster lets an AttributeError of its own through",
    "string": "Dagster lets an AttributeError of its own through",
}


@dg.asset
def base():
    return 5


with fails("AssetKey"):

    @dg.asset(ins={"b": dg.AssetKey("base")})
    def first(b):
        return b

    see("first", dg.materialize([base, first]).output_for_node("first"))


with fails("string"):

    @dg.asset(ins={"b": "base"})
    def second(b):
        return b

    see("second", dg.materialize([base, second]).output_for_node("second"))
