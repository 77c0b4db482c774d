import dagster as dg
from observe import fails

# Two different types of one name in a job.

first = dg.DagsterType(name="Same", type_check_fn=lambda _, v: True)
second = dg.DagsterType(name="Same", type_check_fn=lambda _, v: False)


@dg.op(out=dg.Out(first))
def a():
    return 1


@dg.op(out=dg.Out(second))
def b():
    return 1


with fails("job"):

    @dg.job
    def j():
        a()
        b()
