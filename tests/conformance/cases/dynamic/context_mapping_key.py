import dagster as dg
from observe import see

# What the context of a mapped step knows.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def look(context, x):
    return [context.get_mapping_key(), context.op.name, str(context.op_handle)]


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(look).collect())


see("value", j.execute_in_process().output_for_node("collect"))
