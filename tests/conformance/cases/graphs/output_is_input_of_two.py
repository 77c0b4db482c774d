import dagster as dg
from observe import ran, see

# One output used by two nodes, and order of the run.


@dg.op
def one():
    return 1


@dg.op
def left(x):
    return x + 1


@dg.op
def right(x):
    return x + 2


@dg.op
def join(a, b):
    return a * b


@dg.graph
def diamond():
    x = one()
    return join(right(x), left(x))


result = diamond.execute_in_process()
ran("run", result)
see("value", result.output_value())
