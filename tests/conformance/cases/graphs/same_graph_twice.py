import dagster as dg
from observe import ran, see

# One graph used twice has separate steps.


@dg.op
def plus(x):
    return x + 1


@dg.op
def zero():
    return 0


@dg.graph
def add_two(x):
    return plus(plus(x))


@dg.job
def j():
    add_two(add_two(zero()))


result = j.execute_in_process()
ran("run", result)
see("first", result.output_for_node("add_two"))
see("second", result.output_for_node("add_two_2"))
