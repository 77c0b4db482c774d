import dagster as dg
from observe import fails, see

# The mapped function returns several handles.


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
def collect(xs, ys):
    return [xs, ys]


with fails("definition"):

    @dg.job
    def j():
        a, b = numbers().map(lambda n: (plus(n), times(n)))
        collect(a.collect(), b.collect())

    see("value", j.execute_in_process().output_for_node("collect"))
