import dagster as dg
from observe import ran, see

# No hook runs for a skipped step.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.op.name)


@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield


@dg.op
def after(x):
    return x


@dg.job(hooks={note})
def j():
    after(maybe())


ran("run", j.execute_in_process())
see("seen", seen)
