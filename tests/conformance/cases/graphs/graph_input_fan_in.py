import dagster as dg
from observe import see

# A graph input inside a fan-in list.


@dg.op
def one():
    return 1


@dg.op
def total(xs):
    return sum(xs)


@dg.graph
def g(x):
    return total([x, one()])


@dg.job
def j():
    g(one())


result = j.execute_in_process()
see("value", result.output_for_node("g"))
