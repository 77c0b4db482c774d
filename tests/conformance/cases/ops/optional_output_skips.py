import dagster as dg
from observe import fails, ran, see

# An optional output that is not produced skips what needs it, and the run succeeds.


@dg.op(out={"a": dg.Out(is_required=False), "b": dg.Out(is_required=False)})
def branch():
    yield dg.Output(1, "a")


@dg.op
def left(x):
    return x


@dg.op
def right(x):
    return x


@dg.op
def after_right(x):
    return x


@dg.job
def j():
    a, b = branch()
    left(a)
    after_right(right(b))


result = j.execute_in_process()
ran("run", result)
with fails("value of the skipped"):
    result.output_for_node("right")
with fails("value not produced"):
    result.output_for_node("branch", "b")
see("skipped", result.is_node_skipped("right"))
see("skipped further", result.is_node_skipped("after_right"))
see("not skipped", result.is_node_skipped("left"))
see("success of skipped", result.is_node_success("right"))
