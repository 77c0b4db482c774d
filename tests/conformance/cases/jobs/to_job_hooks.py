import dagster as dg
from observe import ran, see

# Hooks of to_job apply to every op.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.step_key)


@dg.op
def one():
    return 1


@dg.op
def two(x):
    return x


@dg.graph
def g():
    two(one())


job = g.to_job(hooks={note})
ran("run", job.execute_in_process())
see("hooked", seen)
see("hook defs", [h.name for h in job.hook_defs])
