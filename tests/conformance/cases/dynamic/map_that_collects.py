import dagster as dg
from observe import fails, ran, see

# A step that is mapped over one dynamic output and collects another, or the same.


@dg.op(out={"xs": dg.DynamicOut(), "ys": dg.DynamicOut()})
def both():
    yield dg.DynamicOutput(1, "a", output_name="xs")
    yield dg.DynamicOutput(2, "b", output_name="xs")
    yield dg.DynamicOutput(10, "c", output_name="ys")


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def same(x):
    return x


@dg.op
def pair(x, ys):
    return [x, ys]


@dg.op
def collect(xs):
    return xs


with fails("another source"):

    @dg.job
    def another_source():
        ys = numbers.alias("ys")().map(same).collect()
        collect(numbers().map(lambda x: pair(x, ys)).collect())

    result = another_source.execute_in_process()
    ran("another source run", result)
    see("another source value", result.output_for_node("collect"))

with fails("another output"):

    @dg.job
    def another_output():
        xs, ys = both()
        every = ys.map(same).collect()
        collect(xs.map(lambda x: pair(x, every)).collect())

    see("another output value", another_output.execute_in_process().output_for_node("collect"))

with fails("the same output"):

    @dg.job
    def same_output():
        xs = numbers()
        every = xs.map(same).collect()
        collect(xs.map(lambda x: pair(x, every)).collect())

    see("the same output value", same_output.execute_in_process().output_for_node("collect"))

with fails("the output itself"):

    @dg.job
    def itself():
        xs = numbers()
        every = xs.collect()
        collect(xs.map(lambda x: pair(x, every)).collect())

    see("the output itself value", itself.execute_in_process().output_for_node("collect"))

with fails("mapped over two outputs of one op"):

    @dg.job
    def two_outputs():
        xs, ys = both()
        xs.map(lambda x: ys.map(lambda y: pair(x, y)))
