import dagster as dg
from observe import fails

# Mistakes in the dependencies of a GraphDefinition.

DIFFERS = {
    "two ops of one name": "which of them a dependency means would be a matter of luck",
}


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


def define(label, **arguments):
    with fails(label):
        dg.GraphDefinition(name="g", node_defs=[one, plus], **arguments)


define("unknown node", dependencies={"nope": {"x": dg.DependencyDefinition("one")}})
define("unknown input", dependencies={"plus": {"nope": dg.DependencyDefinition("one")}})
define("unknown source", dependencies={"plus": {"x": dg.DependencyDefinition("nope")}})
define("unknown output", dependencies={"plus": {"x": dg.DependencyDefinition("one", "nope")}})
define("itself", dependencies={"plus": {"x": dg.DependencyDefinition("plus")}})
define("a string", dependencies={"plus": {"x": "one"}})
define(
    "unknown mapped node",
    output_mappings=[
        dg.OutputMapping(graph_output_name="r", mapped_node_name="nope", mapped_node_output_name="result")
    ],
)
define(
    "unknown mapped output",
    output_mappings=[dg.OutputMapping(graph_output_name="r", mapped_node_name="one", mapped_node_output_name="nope")],
)
define(
    "unknown mapped input",
    input_mappings=[dg.InputMapping(graph_input_name="i", mapped_node_name="plus", mapped_node_input_name="nope")],
)
with fails("two ops of one name"):
    dg.GraphDefinition(name="g", node_defs=[one, dg.op(name="one")(lambda: 2)])
with fails("no node_defs"):
    dg.GraphDefinition(name="g")
