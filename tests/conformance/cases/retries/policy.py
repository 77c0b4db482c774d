import dagster as dg
from observe import ran, see

# A RetryPolicy tries again up to max_retries.

calls = []


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def flaky(context):
    calls.append(context.retry_number)
    if len(calls) < 3:
        raise ValueError("again")
    return "ok"


@dg.op(retry_policy=dg.RetryPolicy())
def hopeless():
    raise ValueError("always")


@dg.job
def j():
    flaky()
    hopeless()


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
see("retry numbers", calls)
see("attempts", [result.retry_attempts_for_node("flaky"), result.retry_attempts_for_node("hopeless")])
