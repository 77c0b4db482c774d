import dagster as dg
from observe import see

# A hook on a mapped op runs for each copy.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.step_key)


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def same(x):
    return x


@dg.job(hooks={note})
def j():
    numbers().map(same)


j.execute_in_process()
see("seen", seen)
