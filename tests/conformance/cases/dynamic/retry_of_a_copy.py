import dagster as dg
from observe import ran, see

# A mapped copy is retried alone.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def flaky(context, x):
    if x == 1 and context.retry_number == 0:
        raise ValueError
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(flaky).collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
