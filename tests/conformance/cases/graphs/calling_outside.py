import dagster as dg
from observe import fails, see

# Calling a graph, a job or an op handle outside a composition.


@dg.op
def one():
    return 1


@dg.graph
def g():
    return one()


@dg.job
def j():
    one()


with fails("graph"):
    g()
with fails("job"):
    j()
with fails("aliased op"):
    one.alias("x")()
see("op", one())
