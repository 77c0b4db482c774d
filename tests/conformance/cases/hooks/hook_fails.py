import dagster as dg
from observe import fails, ran

# A hook that raises.


@dg.success_hook
def broken(context):
    raise ValueError("hook")


@dg.op
def one():
    return 1


@dg.op
def two(x):
    return x


@dg.job(hooks={broken})
def j():
    two(one())


ran("run", j.execute_in_process(raise_on_error=False))
with fails("raises"):
    j.execute_in_process()
