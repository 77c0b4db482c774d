import dagster as dg
from observe import ran

# Waiting for all copies without their values.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def work(x):
    return None


@dg.op(ins={"after": dg.In(dg.Nothing)})
def last():
    return "done"


@dg.job
def j():
    last(numbers().map(work).collect())


result = j.execute_in_process()
ran("run", result)
