import dagster as dg
from observe import ran, see

# Hooks on a graph_asset run for its ops.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.step_key)


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph_asset(hooks={note})
def made():
    return plus(one())


ran("run", dg.materialize([made]))
see("seen", seen)
