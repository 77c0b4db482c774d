import dagster as dg
from observe import ran, see

# Where in the order a step comes that is tried again.

tries = {}


def fail_first(name):
    tries[name] = tries.get(name, 0) + 1
    if tries[name] == 1:
        raise dg.RetryRequested(max_retries=2)


@dg.op
def a():
    fail_first("a")


@dg.op
def b():
    pass


@dg.op
def c():
    pass


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "x")
    fail_first("numbers")
    yield dg.DynamicOutput(2, "y")


@dg.op
def after(x):
    return x


@dg.job
def j():
    after(a())
    b()
    c()


@dg.job
def k():
    after.alias("all")(numbers().map(after).collect())


ran("run", j.execute_in_process())
result = k.execute_in_process()
ran("dynamic run", result)
see("all", result.output_for_node("all"))
