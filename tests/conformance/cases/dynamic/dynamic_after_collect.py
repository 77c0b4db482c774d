import dagster as dg
from observe import ran, see

# A second dynamic op after a collect.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(out=dg.DynamicOut())
def again(xs):
    for i, x in enumerate(xs):
        yield dg.DynamicOutput(x * 10, f"k{i}")


@dg.op
def same(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(again(numbers().map(same).collect()).map(same.alias("same_again")).collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
