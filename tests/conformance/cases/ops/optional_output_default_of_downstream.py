import dagster as dg
from observe import ran

# A skipped source skips the step although its input has a default.


@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield


@dg.op
def last(x=5):
    return x


@dg.job
def j():
    last(maybe())


ran("run", j.execute_in_process())
