import dagster as dg
from observe import ran, see

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


ran("run", j.execute_in_process(raise_on_error=False))
see("seen", seen)
