import dagster as dg
from observe import fails, ran, see

# A mapped op that has a dynamic output itself.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(out=dg.DynamicOut())
def more(x):
    yield dg.DynamicOutput(x, "c")
    yield dg.DynamicOutput(x * 10, "d")


@dg.op(out=dg.Out(is_required=False))
def absent():
    return
    yield


@dg.op(out=dg.DynamicOut())
def from_list(xs):
    yield dg.DynamicOutput(xs, "e")


@dg.op
def same(x):
    return x


@dg.op
def collect(xs):
    return xs


with fails("alone"):

    @dg.job
    def alone():
        numbers().map(more)

    ran("alone run", alone.execute_in_process())

with fails("collected"):

    @dg.job
    def collected():
        collect(numbers().map(more).collect())

    result = collected.execute_in_process()
    ran("collected run", result)
    see("collected value", result.output_for_node("collect"))

with fails("in a graph"):

    @dg.graph
    def inner(x):
        return collect(more(x).map(same).collect())

    @dg.job
    def in_a_graph():
        numbers().map(inner)


@dg.job
def source_skipped():
    collect(from_list(absent()).map(same).collect())


ran("source skipped", source_skipped.execute_in_process())
