import dagster as dg
from observe import ran, see

# A Nothing dependency goes into a graph.

order = []


@dg.op
def first():
    order.append("first")


@dg.op(ins={"start": dg.In(dg.Nothing)})
def second():
    order.append("second")


@dg.graph
def g(start):
    second(start)


@dg.job
def j():
    g(first())


ran("run", j.execute_in_process())
see("order", order)
