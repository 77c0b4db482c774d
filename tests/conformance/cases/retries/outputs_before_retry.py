import dagster as dg
from observe import ran, see

# Outputs yielded before a failure are yielded again.


@dg.op(out={"a": dg.Out(), "b": dg.Out()}, retry_policy=dg.RetryPolicy())
def flaky(context):
    yield dg.Output(context.retry_number, "a")
    if context.retry_number == 0:
        raise ValueError
    yield dg.Output(2, "b")


@dg.op
def use(a):
    return a


@dg.job
def j():
    a, b = flaky()
    use(a)


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("use"))
