import dagster as dg
from observe import ran

# Output for a dynamic out, DynamicOutput for a plain out.


@dg.op(out=dg.DynamicOut())
def plain():
    yield dg.Output(1)


@dg.op
def dynamic():
    yield dg.DynamicOutput(1, "a")


@dg.op(out=dg.DynamicOut())
def value():
    return 5


@dg.op(out=dg.DynamicOut())
def values():
    return [1, 2]


@dg.op(out=dg.DynamicOut())
def none():
    return None


for one in (plain, dynamic, value, values, none):

    @dg.job
    def j():
        one()

    ran(one.name, j.execute_in_process(raise_on_error=False))
