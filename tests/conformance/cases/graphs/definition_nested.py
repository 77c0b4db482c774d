import dagster as dg
from observe import ran, see

# A GraphDefinition among the nodes of another.


@dg.op
def one():
    return 1


inner = dg.GraphDefinition(
    name="inner",
    node_defs=[one],
    output_mappings=[dg.OutputMapping(graph_output_name="r", mapped_node_name="one", mapped_node_output_name="result")],
)


@dg.op
def plus(x):
    return x + 1


outer = dg.GraphDefinition(
    name="outer", node_defs=[inner, plus], dependencies={"plus": {"x": dg.DependencyDefinition("inner", "r")}}
)
result = outer.execute_in_process()
ran("run", result)
see("value", result.output_for_node("plus"))
