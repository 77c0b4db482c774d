import dagster as dg
from observe import fails

# A parameter of a graph that no node takes.


@dg.op
def one():
    return 1


with fails("definition"):

    @dg.graph
    def g(x):
        return one()
