import dagster as dg
from observe import see

# InputMapping and OutputMapping of a GraphDefinition.


@dg.op
def plus(x):
    return x + 1


g = dg.GraphDefinition(
    name="g",
    node_defs=[plus],
    input_mappings=[dg.InputMapping(graph_input_name="given", mapped_node_name="plus", mapped_node_input_name="x")],
    output_mappings=[
        dg.OutputMapping(graph_output_name="made", mapped_node_name="plus", mapped_node_output_name="result")
    ],
)
see("inputs", [i.name for i in g.input_defs])
see("outputs", [o.name for o in g.output_defs])
result = g.execute_in_process(input_values={"given": 4})
see("value", result.output_value("made"))
