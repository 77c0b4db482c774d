import dagster as dg
from observe import see, steps

# A job run by the multiprocess executor: values, failures and skips are the same.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.op(out=dg.Out(is_required=False))
def maybe():
    return
    yield


@dg.op
def after(x):
    return x


@dg.op
def bad():
    raise ValueError("no")


@dg.job(executor_def=dg.multiprocess_executor.configured({"max_concurrent": 1}))
def j():
    plus(one())
    after(maybe())
    after.alias("after_bad")(bad())


if __name__.startswith("case_"):
    with dg.instance_for_test() as instance:
        with dg.execute_job(dg.reconstructable(j), instance=instance) as result:
            see("success", result.success)
            see("steps", steps(result))
            see("value", result.output_for_node("plus"))
