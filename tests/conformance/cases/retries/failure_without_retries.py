import dagster as dg
from observe import ran, see

# Failure(allow_retries=False) stops the retries.

calls = []


@dg.op(retry_policy=dg.RetryPolicy(max_retries=3))
def final():
    calls.append("final")
    raise dg.Failure("no", allow_retries=False)


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def again():
    calls.append("again")
    raise dg.Failure("no")


@dg.job
def j():
    final()
    again()


ran("run", j.execute_in_process(raise_on_error=False))
see("calls", sorted(calls))
