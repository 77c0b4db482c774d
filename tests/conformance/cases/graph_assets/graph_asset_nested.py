import dagster as dg
from observe import ran, see

# A graph_asset that uses a graph.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph
def twice(x):
    return plus(plus(x))


@dg.graph_asset
def made():
    return twice(one())


result = dg.materialize([made])
ran("run", result)
see("value", result.asset_value("made"))
