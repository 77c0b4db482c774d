import dagster as dg
from observe import ran

# The dynamic op fails after it gave some outputs.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(0, "a")
    raise ValueError("no")


@dg.op
def same(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(same).collect())


ran("run", j.execute_in_process(raise_on_error=False))
