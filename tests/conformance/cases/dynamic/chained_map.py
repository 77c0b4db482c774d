import dagster as dg
from observe import ran, see

# Map after map keeps the key.


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


@dg.job
def j():
    collect(numbers().map(plus).map(times).collect())


result = j.execute_in_process()
ran("run", result)
see("values", result.output_for_node("times"))
