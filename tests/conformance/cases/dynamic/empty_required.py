import dagster as dg
from observe import ran

# A required and an optional dynamic output that give nothing.


@dg.op(out=dg.DynamicOut(is_required=False))
def optional():
    return
    yield


@dg.op(out=dg.DynamicOut(is_required=True))
def required():
    return
    yield


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(optional().collect())


@dg.job
def k():
    collect(required().collect())


ran("optional", j.execute_in_process(raise_on_error=False))
ran("required", k.execute_in_process(raise_on_error=False))
