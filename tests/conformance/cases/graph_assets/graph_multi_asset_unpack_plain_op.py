import dagster as dg
from observe import fails

# Unpacking an op that declares no outs.

DIFFERS = {
    "definition": "the call site tells how many values are unpacked, so orch splits the returned tuple",
}


@dg.op
def pair():
    return 1, 2


with fails("definition"):

    @dg.graph_multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
    def both():
        a, b = pair()
        return a, b
