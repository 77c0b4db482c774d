import dagster as dg
from observe import ran

# A fan-in all of whose sources are skipped.


@dg.op(out={"a": dg.Out(is_required=False), "b": dg.Out(is_required=False)})
def branch():
    return
    yield


@dg.op
def add_all(xs):
    return sum(xs)


@dg.job
def j():
    a, b = branch()
    add_all([a, b])


ran("run", j.execute_in_process())
