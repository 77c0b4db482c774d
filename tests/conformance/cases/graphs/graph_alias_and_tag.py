import dagster as dg
from observe import ran, see

# A nested graph with an alias, tags and hooks.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.op.name)


@dg.op
def one():
    return 1


@dg.op
def two(x):
    return x + 1


@dg.graph
def inner():
    return two(one())


@dg.job
def j():
    inner.alias("renamed").with_hooks({note})()


ran("run", j.execute_in_process())
see("hooked", seen)
