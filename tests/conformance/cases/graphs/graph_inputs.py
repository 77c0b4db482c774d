import dagster as dg
from observe import see

# Inputs of a graph map to inputs of its nodes, one to several.


@dg.op
def add(a, b):
    return a + b


@dg.op
def one():
    return 1


@dg.graph
def twice(x):
    return add(x, add(x, x))


@dg.job
def j():
    twice(one())


see("inputs", [i.name for i in twice.input_defs])
see("mapped to", sorted(f"{m.maps_to.node_name}.{m.maps_to.input_name}" for m in twice.input_mappings))
see("value", j.execute_in_process().output_for_node("twice"))
see("alone", twice.execute_in_process(input_values={"x": 5}).output_value())
