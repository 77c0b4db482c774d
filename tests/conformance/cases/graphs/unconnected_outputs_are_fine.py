import dagster as dg
from observe import fails, ran, see

# Outputs nobody takes.


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


@dg.op
def show(x):
    return x


@dg.graph
def g():
    a, _ = pair()
    show(a)


result = g.execute_in_process()
ran("run", result)
see("unused", result.output_for_node("pair", "b"))
with fails("no output of the graph"):
    result.output_value()
