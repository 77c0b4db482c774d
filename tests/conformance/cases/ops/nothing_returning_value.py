import dagster as dg
from observe import ran

# An op whose output is Nothing returns something.


@dg.op(out=dg.Out(dg.Nothing))
def nothing():
    return 5


@dg.job
def j():
    nothing()


ran("run", j.execute_in_process(raise_on_error=False))
