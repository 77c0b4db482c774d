import dagster as dg
from observe import fails, ran, see

# What a graph gives is asked for from its result.


@dg.op(out={"a": dg.Out(), "b": dg.Out(is_required=False)})
def two():
    yield dg.Output(1, "a")


@dg.graph(out={"x": dg.GraphOut(), "y": dg.GraphOut()})
def gives():
    a, b = two()
    return {"x": a, "y": b}


@dg.graph
def gives_one():
    return two.alias("t")().a


@dg.op
def nothing_at_all():
    pass


@dg.graph
def gives_nothing():
    nothing_at_all()


result = gives.execute_in_process()
ran("run", result)
see("x", result.output_value("x"))
with fails("y was not given"):
    result.output_value("y")
with fails("the default name"):
    result.output_value()
with fails("unknown"):
    result.output_value("z")
see("one", gives_one.execute_in_process().output_value())
with fails("no outputs"):
    gives_nothing.execute_in_process().output_value()
with fails("no such node"):
    result.output_for_node("three")
with fails("no such output"):
    result.output_for_node("two", "c")
with fails("not given by the node"):
    result.output_for_node("two", "b")
with fails("events of no node"):
    result.events_for_node("three")
see(
    "successes",
    [
        result.is_node_success("two"),
        result.is_node_failed("two"),
        result.is_node_skipped("two"),
        result.is_node_untouched("two"),
    ],
)
