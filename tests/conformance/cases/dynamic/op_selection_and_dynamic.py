import dagster as dg
from observe import ran

# A part of a dynamic job.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def same(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(same).collect())


ran("source only", j.execute_in_process(op_selection=["numbers"]))
ran("source and mapped", j.execute_in_process(op_selection=["numbers", "same"]))
