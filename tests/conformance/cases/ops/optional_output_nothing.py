import dagster as dg
from observe import ran

# Skipping goes through a Nothing input too.


@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield


@dg.op(ins={"after": dg.In(dg.Nothing)})
def last():
    return 1


@dg.job
def j():
    last(maybe())


ran("run", j.execute_in_process())
