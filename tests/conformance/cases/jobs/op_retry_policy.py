import dagster as dg
from observe import ran

# op_retry_policy of a job applies where an op has none.


@dg.op
def plain(context):
    if context.retry_number < 1:
        raise ValueError


@dg.op(retry_policy=dg.RetryPolicy(max_retries=0))
def own():
    raise ValueError


@dg.job(op_retry_policy=dg.RetryPolicy(max_retries=2))
def j():
    plain()
    own()


ran("run", j.execute_in_process(raise_on_error=False))
