import dagster as dg
from observe import ran, see

# An asset takes the value of a graph-backed asset.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph_asset
def first():
    return plus(one())


@dg.asset
def second(first):
    return first * 10


result = dg.materialize([first, second])
ran("run", result)
see("value", result.asset_value("second"))
