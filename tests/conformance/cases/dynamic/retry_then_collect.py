import dagster as dg
from observe import ran, see

# One of the mapped steps asks for a retry; the collect waits for it.

tries = {}


@dg.op(out=dg.DynamicOut(int))
def numbers():
    return [dg.DynamicOutput(n, str(n)) for n in range(3)]


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2))
def shaky(context, n):
    tries[n] = tries.get(n, 0) + 1
    if n == 1 and context.retry_number < 2:
        raise ValueError("not yet")
    return (n, context.retry_number)


@dg.op
def total(xs):
    return xs


@dg.job
def j():
    total(numbers().map(shaky).collect())


result = j.execute_in_process()
ran("run", result)
see("total", result.output_for_node("total"))
see("tries", tries)
