import dagster as dg
from observe import fails, see

# Calling a hook directly with build_hook_context.

seen = []


@dg.success_hook(required_resource_keys={"r"})
def good(context):
    seen.append([context.resources.r, context.op.name if context.op is not None else None])
    return "ignored"


@dg.failure_hook
def bad(context):
    seen.append(str(context.op_exception))


@dg.op
def one():
    return 1


good(dg.build_hook_context(resources={"r": 4}, op=one))
bad(dg.build_hook_context(op_exception=ValueError("text")))
see("seen", seen)
context = dg.build_hook_context(run_id="123", job_name="jj")
see("run id", context.run_id)
see("job", context.job_name)
with fails("no op"):
    context.op
with fails("no context"):
    good()
with fails("missing resource"):
    good(dg.build_hook_context())
with dg.build_hook_context(resources={"r": 1}) as context:
    see("as context manager", context.resources.r)
