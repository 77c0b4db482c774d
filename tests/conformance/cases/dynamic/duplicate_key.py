import dagster as dg
from observe import ran

# The same mapping key twice.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "a")


@dg.job
def j():
    numbers()


ran("run", j.execute_in_process(raise_on_error=False))
