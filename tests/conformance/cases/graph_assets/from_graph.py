import dagster as dg
from observe import ran, see

# AssetsDefinition.from_graph with defaults.


@dg.op
def one():
    return 1


@dg.op
def add(x, y):
    return x + y


@dg.graph
def total(up):
    return add(up, one())


@dg.asset
def up():
    return 10


made = dg.AssetsDefinition.from_graph(total)
see("keys", sorted(made.keys))
see("deps", sorted(made.asset_deps[dg.AssetKey("total")]))
result = dg.materialize([up, made])
ran("run", result)
see("value", result.asset_value("total"))
