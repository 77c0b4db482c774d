import dagster as dg
from observe import see

# Collected values come in the order of the outputs, not of the keys.


@dg.op(out=dg.DynamicOut())
def numbers():
    for i in range(12):
        yield dg.DynamicOutput(i, mapping_key=f"k{i}")


@dg.op
def same(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(same).collect())


see("value", j.execute_in_process().output_for_node("collect"))
