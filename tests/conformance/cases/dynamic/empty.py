import dagster as dg
from observe import fails, ran, see

# No outputs at all: what is mapped does not run, what collects gets an empty list.


@dg.op(out=dg.DynamicOut())
def numbers():
    return
    yield


@dg.op
def double(x):
    return x * 2


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(double).collect())


result = j.execute_in_process()
ran("run", result)
with fails("collected"):
    see("value", result.output_for_node("collect"))
with fails("mapped"):
    see("mapped value", result.output_for_node("double"))
