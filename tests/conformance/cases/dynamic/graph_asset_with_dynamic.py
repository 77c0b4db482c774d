import dagster as dg
from observe import ran, see

# A graph-backed asset whose graph is dynamic.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def double(x):
    return x * 2


@dg.op
def total(xs):
    return sum(xs)


@dg.graph_asset
def summed():
    return total(numbers().map(double).collect())


result = dg.materialize([summed])
ran("run", result)
see("value", result.output_for_node("summed"))
