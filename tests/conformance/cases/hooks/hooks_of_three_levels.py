import dagster as dg
from observe import see, steps

# Hooks of a job, of a graph's call and of an op's call; each fires once for an op.

calls = []


def hook(name):
    @dg.success_hook(name=name)
    def inner(context):
        calls.append([name, context.step_key])

    return inner


def failure(name):
    @dg.failure_hook(name=name)
    def inner(context):
        calls.append([name, context.step_key, type(context.op_exception).__name__])

    return inner


on_job, on_graph, on_op, on_failure = hook("on_job"), hook("on_graph"), hook("on_op"), failure("on_failure")


@dg.op
def good():
    return 1


@dg.op
def bad(x):
    raise ValueError("no")


@dg.graph
def inner():
    return good.with_hooks({on_op})()


@dg.job(hooks={on_job, on_failure})
def j():
    bad(inner.with_hooks({on_graph, on_job})())
    good.alias("alone")()


result = j.execute_in_process(raise_on_error=False)
see("run", {key: sorted(kinds) for key, kinds in steps(result).items()})
see("calls", sorted(calls))
see("hooks of the job", sorted(hook.name for hook in j.hook_defs))
calls.clear()
other = j.with_hooks({on_op})
other.execute_in_process(raise_on_error=False)
see("with hooks", sorted(calls))
