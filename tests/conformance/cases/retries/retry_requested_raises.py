import dagster as dg
from observe import fails

# What execute_in_process raises when retries are used up.


@dg.op
def limited():
    raise dg.RetryRequested(max_retries=1)


@dg.op
def caused():
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise dg.RetryRequested(max_retries=1) from error


@dg.op(retry_policy=dg.RetryPolicy())
def policy():
    raise KeyError("x")


for one in (limited, caused, policy):

    @dg.job
    def j():
        one()

    with fails(one.name):
        j.execute_in_process()
