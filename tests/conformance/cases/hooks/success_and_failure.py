import dagster as dg
from observe import ran, see

# Success and failure hooks of a job.

seen = []


@dg.success_hook
def good(context):
    seen.append(["good", context.op.name, context.step_key])


@dg.failure_hook
def bad(context):
    seen.append(["bad", context.op.name, type(context.op_exception).__name__])


@dg.op
def fine():
    return 1


@dg.op
def fails_always():
    raise ValueError("no")


@dg.job(hooks={good})
def only_good():
    fine()
    fails_always()


@dg.job(hooks={bad})
def only_bad():
    fine()
    fails_always()


ran("good", only_good.execute_in_process(raise_on_error=False))
ran("bad", only_bad.execute_in_process(raise_on_error=False))
see("seen", seen)
