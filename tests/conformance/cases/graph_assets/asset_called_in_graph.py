import dagster as dg
from observe import fails

# An asset called in the body of a graph.


@dg.asset
def a():
    return 1


@dg.op
def plus(x):
    return x + 1


with fails("call"):

    @dg.graph
    def g():
        return plus(a())
