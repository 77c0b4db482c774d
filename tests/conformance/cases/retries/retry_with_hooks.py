import dagster as dg
from observe import see, steps

# Hooks run once, at the end of the retries.

seen = []


@dg.success_hook
def good(context):
    seen.append(["good", context.op.name])


@dg.failure_hook
def bad(context):
    seen.append(["bad", context.op.name, type(context.op_exception).__name__])


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def flaky(context):
    if context.retry_number == 0:
        raise ValueError


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def hopeless():
    raise KeyError("x")


@dg.job(hooks={good, bad})
def j():
    flaky()
    hopeless()


result = j.execute_in_process(raise_on_error=False)
# The hooks of a step are a set: their order among themselves is nobody's promise.
for step, events in steps(result).items():
    see(step, sorted(event for event in events if event.startswith("HOOK")))
see("seen", seen)
