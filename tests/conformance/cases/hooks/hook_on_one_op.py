import dagster as dg
from observe import ran, see

# with_hooks on one invocation only.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.op.name)


@dg.op
def one():
    return 1


@dg.job
def j():
    one.with_hooks({note})()
    one.alias("other")()


ran("run", j.execute_in_process())
see("seen", seen)
