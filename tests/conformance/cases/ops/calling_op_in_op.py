import dagster as dg
from observe import fails, see

# An op called in the body of another op runs as a function.


@dg.op
def inner(x):
    return x + 1


@dg.op
def outer():
    return inner(1)


@dg.job
def j():
    outer()


with fails("call"):
    see("value", j.execute_in_process().output_for_node("outer"))
