import dagster as dg
from observe import ran

# with_retry_policy wins over the op's own policy.


@dg.op(retry_policy=dg.RetryPolicy(max_retries=5))
def bad():
    raise ValueError


@dg.job
def j():
    bad.with_retry_policy(dg.RetryPolicy(max_retries=1))()


ran("run", j.execute_in_process(raise_on_error=False))
