import dagster as dg
from observe import fails

# RetryRequested and Failure go through a direct call.


@dg.op
def again():
    raise dg.RetryRequested(max_retries=2)


@dg.op
def failed():
    raise dg.Failure("d")


@dg.op(retry_policy=dg.RetryPolicy())
def policy():
    raise KeyError("x")


for one in (again, failed, policy):
    with fails(one.name):
        one()
