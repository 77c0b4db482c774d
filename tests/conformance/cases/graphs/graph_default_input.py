import dagster as dg
from observe import fails, see

# A default of the op inside a graph is used when the graph input is not connected.


@dg.op
def show(x: int = 7):
    return x


@dg.graph
def g(x):
    return show(x)


with fails("graph input from nowhere"):

    @dg.job
    def j():
        g()

    see("value", j.execute_in_process().output_for_node("g"))
