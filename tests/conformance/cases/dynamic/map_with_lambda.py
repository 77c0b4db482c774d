import dagster as dg
from observe import ran, see

# The mapped function may be a lambda that composes several ops.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def base():
    return 100


@dg.op
def plus(x, y):
    return x + y


@dg.op
def times(x):
    return x * 10


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    b = base()
    collect(numbers().map(lambda n: times(plus(n, b))).collect())


result = j.execute_in_process()
ran("run", result)
see("collected", result.output_for_node("collect"))
