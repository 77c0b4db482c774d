import dagster as dg
from observe import see

# A collected output beside another input.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def ten():
    return 10


@dg.op
def same(x):
    return x


@dg.op
def join(xs, y):
    return [xs, y]


@dg.job
def j():
    join(numbers().map(same).collect(), ten())


see("value", j.execute_in_process().output_for_node("join"))
