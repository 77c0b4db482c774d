import dagster as dg
from observe import ran, see

# A list given to a graph input goes to the op as a list.


@dg.op
def one():
    return 1


@dg.op
def total(xs):
    return sum(xs)


@dg.graph
def g(xs):
    return total(xs)


@dg.job
def j():
    g([one(), one()])


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("g"))
