import dagster as dg
from observe import see

# JobDefinition.with_hooks makes another job.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.op.name)


@dg.op
def one():
    return 1


@dg.job
def j():
    one()


hooked = j.with_hooks({note})
hooked.execute_in_process()
j.execute_in_process()
see("seen", seen)
see("hooks", [h.name for h in hooked.hook_defs])
see("original", [h.name for h in j.hook_defs])
