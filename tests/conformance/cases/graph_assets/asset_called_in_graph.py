import dagster as dg
from observe import fails

# An asset called in the body of a graph.

DIFFERS = {
    "call": "the call would compute at the time of definition, which nobody means",
}


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
