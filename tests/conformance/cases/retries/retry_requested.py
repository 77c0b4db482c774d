import dagster as dg
from observe import fails, ran, see

# RetryRequested raised by the op.

calls = []


@dg.op
def flaky(context):
    calls.append(context.retry_number)
    if len(calls) < 3:
        raise dg.RetryRequested(max_retries=5)
    return 1


@dg.op
def limited():
    raise dg.RetryRequested(max_retries=1)


@dg.op
def caused():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise dg.RetryRequested(max_retries=1, seconds_to_wait=0) from error


@dg.job
def j():
    flaky()
    limited()
    caused()


ran("run", j.execute_in_process(raise_on_error=False))
see("calls", calls)
with fails("raises"):
    j.execute_in_process()
see("fields", [dg.RetryRequested().max_retries, dg.RetryRequested(2, 0.5).seconds_to_wait])
