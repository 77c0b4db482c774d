import dagster as dg
from observe import ran

# A Nothing input may come from an output with a value.


@dg.op
def five():
    return 5


@dg.op(ins={"start": dg.In(dg.Nothing)})
def second():
    return "ok"


@dg.job
def j():
    second(five())


ran("run", j.execute_in_process())
