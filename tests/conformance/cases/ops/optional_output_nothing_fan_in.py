import dagster as dg
from observe import ran

# A Nothing fan-in with one source skipped.


@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield


@dg.op
def sure():
    return 1


@dg.op(ins={"after": dg.In(dg.Nothing)})
def last():
    return 1


@dg.job
def j():
    last([maybe(), sure()])


ran("run", j.execute_in_process())
