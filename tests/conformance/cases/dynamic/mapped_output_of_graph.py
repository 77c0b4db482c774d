import dagster as dg
from observe import fails, ran, see

# A mapped output that leaves a graph without collect.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def plus(x):
    return x + 1


@dg.op
def collect(xs):
    return xs


with fails("definition"):

    @dg.graph
    def source():
        return numbers().map(plus)

    with fails("use"):

        @dg.job
        def j():
            collect(source().collect())

        result = j.execute_in_process()
        ran("run", result)
        see("value", result.output_for_node("collect"))
