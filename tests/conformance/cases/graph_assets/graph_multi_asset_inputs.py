import dagster as dg
from observe import ran, see

# Inputs of a graph_multi_asset and an asset below it.


@dg.asset
def up():
    return 5


@dg.op
def plus(x):
    return x + 1


@dg.op
def minus(x):
    return x - 1


@dg.graph_multi_asset(outs={"more": dg.AssetOut(), "less": dg.AssetOut()}, group_name="g")
def both(up):
    return {"more": plus(up), "less": minus(up)}


@dg.asset
def below(more, less):
    return more * less


see("deps", {k.to_user_string(): sorted(v) for k, v in both.asset_deps.items()})
result = dg.materialize([up, both, below])
ran("run", result)
see("value", result.asset_value("below"))
see("group", sorted(set(both.group_names_by_key.values())))
