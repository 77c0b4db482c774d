import dagster as dg
from observe import fails, ran, see

# Graphs made by hand with input and output mappings, nested, and with config.


DIFFERS = {"two of a name": "one of the two would never run"}


@dg.op(config_schema={"k": dg.Field(int, default_value=1)})
def scale(context, x):
    return x * context.op_config["k"]


@dg.op
def add(a, b):
    return a + b


inner = dg.GraphDefinition(
    name="inner",
    node_defs=[scale, add],
    dependencies={
        dg.NodeInvocation("scale", "left"): {},
        dg.NodeInvocation("scale", "right"): {},
        "add": {"a": dg.DependencyDefinition("left"), "b": dg.DependencyDefinition("right")},
    },
    input_mappings=[
        dg.InputMapping(graph_input_name="x", mapped_node_name="left", mapped_node_input_name="x"),
        dg.InputMapping(graph_input_name="x", mapped_node_name="right", mapped_node_input_name="x"),
    ],
    output_mappings=[
        dg.OutputMapping(graph_output_name="sum", mapped_node_name="add", mapped_node_output_name="result"),
        dg.OutputMapping(graph_output_name="part", mapped_node_name="left", mapped_node_output_name="result"),
    ],
)


@dg.op
def one():
    return 1


outer = dg.GraphDefinition(
    name="outer",
    node_defs=[one, inner],
    dependencies={
        "inner": {"x": dg.DependencyDefinition("one")},
        dg.NodeInvocation("inner", alias="again"): {"x": dg.DependencyDefinition("inner", "sum")},
    },
    output_mappings=[
        dg.OutputMapping(graph_output_name="result", mapped_node_name="again", mapped_node_output_name="sum")
    ],
)
result = outer.to_job().execute_in_process({"ops": {"inner": {"ops": {"left": {"config": {"k": 5}}}}}})
ran("run", result)
see("value", result.output_value())
see("inner", [result.output_for_node("inner", "sum"), result.output_for_node("inner", "part")])
see("mappings", [[m.graph_input_name, m.maps_to.node_name] for m in inner.input_mappings])
see("outputs", [[m.graph_output_name, m.maps_from.node_name, m.maps_from.output_name] for m in inner.output_mappings])
see("with input", inner.execute_in_process(input_values={"x": 3}).output_value("sum"))
with fails("no node"):
    dg.GraphDefinition(
        name="g",
        node_defs=[one],
        output_mappings=[
            dg.OutputMapping(graph_output_name="r", mapped_node_name="two", mapped_node_output_name="result")
        ],
    )
with fails("no output"):
    dg.GraphDefinition(
        name="g",
        node_defs=[one],
        output_mappings=[dg.OutputMapping(graph_output_name="r", mapped_node_name="one", mapped_node_output_name="x")],
    )
with fails("no input"):
    dg.GraphDefinition(
        name="g",
        node_defs=[scale],
        input_mappings=[dg.InputMapping(graph_input_name="x", mapped_node_name="scale", mapped_node_input_name="y")],
    )
with fails("connected and mapped"):
    dg.GraphDefinition(
        name="g",
        node_defs=[one, scale],
        dependencies={"scale": {"x": dg.DependencyDefinition("one")}},
        input_mappings=[dg.InputMapping(graph_input_name="x", mapped_node_name="scale", mapped_node_input_name="x")],
    )
with fails("wrong name"):
    dg.GraphDefinition(name="g h", node_defs=[one])
with fails("no nodes"):
    dg.GraphDefinition(name="empty").to_job().execute_in_process()
with fails("two of a name"):
    dg.GraphDefinition(name="g", node_defs=[one, dg.op(name="one")(lambda: 2)])
with fails("not a node"):
    dg.GraphDefinition(name="g", node_defs=[lambda: 1])
