import dagster as dg
from observe import ran

# Yielding a Failure.


@dg.op
def odd():
    yield dg.Failure("no")


@dg.job
def j():
    odd()


ran("run", j.execute_in_process(raise_on_error=False))
