import dagster as dg
from observe import ran

# A graph whose output comes from an op that may skip.


@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield


@dg.op
def use(x):
    return x


@dg.graph
def inner():
    return maybe()


@dg.job
def j():
    use(inner())


ran("run", j.execute_in_process())
