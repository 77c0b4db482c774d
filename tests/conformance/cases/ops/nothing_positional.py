import dagster as dg
from observe import fails, ran, see

# A Nothing input given by position, next to a real one.


@dg.op
def one():
    return 1


@dg.op(ins={"start": dg.In(dg.Nothing)})
def second(x):
    return x


@dg.job
def j():
    second(one(), start=one.alias("other")())


ran("run", j.execute_in_process())


@dg.op(ins={"start": dg.In(dg.Nothing), "x": dg.In()})
def third(x):
    return x


with fails("order of ins"):

    @dg.job
    def k():
        third(one(), one.alias("other")())

    see("deps", k.execute_in_process().output_for_node("third"))
