import dagster as dg
from observe import fails, see

# A fan-in list inside a mapped function.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def base():
    return 100


@dg.op
def plus(x):
    return x + 1


@dg.op
def total(xs):
    return sum(xs)


@dg.op
def collect(xs):
    return xs


with fails("definition"):

    @dg.job
    def j():
        b = base()
        collect(numbers().map(lambda x: total([x, plus(x), b])).collect())

    see("value", j.execute_in_process().output_for_node("collect"))
