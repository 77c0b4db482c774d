import dagster as dg
from observe import fails, ran, see

# Graphs in graphs: step keys are dotted paths.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph
def inner(x):
    return plus(plus(x))


@dg.graph
def outer():
    return inner(inner.alias("second")(one()))


@dg.job
def j():
    outer()


result = j.execute_in_process()
ran("run", result)
see("by graph node", result.output_for_node("outer"))
see("by path", result.output_for_node("outer.inner"))
see("by op path", result.output_for_node("outer.second.plus"))
see("op of that name in the second place", result.output_for_node("outer.inner.plus_2"))
with fails("not a full path"):
    result.output_for_node("inner")
see("nodes", sorted(j.graph.node_dict))
