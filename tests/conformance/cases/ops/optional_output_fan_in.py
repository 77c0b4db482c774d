import dagster as dg
from observe import fails, ran, see

# A fan-in with some of its sources skipped takes the others.


@dg.op(out={"a": dg.Out(is_required=False), "b": dg.Out(is_required=False), "c": dg.Out(is_required=False)})
def branch():
    yield dg.Output(1, "a")
    yield dg.Output(3, "c")


@dg.op
def add_all(xs):
    return sum(xs)


@dg.job
def j():
    a, b, c = branch()
    add_all([a, b, c])


result = j.execute_in_process()
ran("run", result)
with fails("value"):
    see("sum", result.output_for_node("add_all"))
