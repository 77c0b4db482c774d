import dagster as dg
from observe import fails, ran, see

# One output of a graph_multi_asset feeds another inside the graph.

DIFFERS = {
    "only b": "what a selected asset needs inside its graph is run",
    "only b raises": "what a selected asset needs inside its graph is run",
}


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph_multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()}, can_subset=True)
def chain():
    a = one()
    return {"a": a, "b": plus(a)}


see("deps", {k.to_user_string(): sorted(v) for k, v in chain.asset_deps.items()})
ran("all", dg.materialize([chain]))
with fails("only b raises"):
    ran("only b", dg.materialize([chain], selection=["b"]))
ran("only a", dg.materialize([chain], selection=["a"]))
