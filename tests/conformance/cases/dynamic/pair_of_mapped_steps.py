import dagster as dg
from observe import ran, see

# Two steps mapped over one output meet by key.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def left(x):
    return x * 10


@dg.op
def right(x):
    return x * 100


@dg.op
def meet(a, b, x):
    return a + b + x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(lambda x: meet(left(x), right(x), x)).collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
