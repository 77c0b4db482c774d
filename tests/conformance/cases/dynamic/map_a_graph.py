import dagster as dg
from observe import ran, see

# A graph mapped over a dynamic output.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def plus(x):
    return x + 1


@dg.op
def times(x):
    return x * 10


@dg.op
def collect(xs):
    return xs


@dg.graph
def both(x):
    return times(plus(x))


@dg.job
def j():
    collect(numbers().map(both).collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
see("graph value", result.output_for_node("both"))
