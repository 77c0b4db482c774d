import dagster as dg
from observe import ran, see

# Graphs in graphs in graphs, with inputs, outputs and config at every level.


@dg.op(config_schema={"by": int})
def add(context, x):
    return x + context.op_config["by"]


@dg.op
def one():
    return 1


@dg.graph(out={"low": dg.GraphOut(description="low"), "high": dg.GraphOut()})
def innermost(x):
    low = add.alias("low")(x)
    return {"low": low, "high": add.alias("high")(low)}


@dg.graph(ins={"x": dg.GraphIn(description="what")}, out=dg.GraphOut())
def middle(x):
    _, high = innermost(x)
    return add(high)


@dg.graph
def top():
    return middle(middle.alias("again")(one()))


config = {
    name: {
        "ops": {
            "innermost": {"ops": {"low": {"config": {"by": n}}, "high": {"config": {"by": 2 * n}}}},
            "add": {"config": {"by": 3}},
        }
    }
    for n, name in enumerate(["middle", "again"])
}
result = top.execute_in_process({"ops": config})
ran("run", result)
see("value", result.output_value())
see("inner", [result.output_for_node("middle.innermost", "low"), result.output_for_node("again.innermost", "high")])
see("of a graph", result.output_for_node("again"))
see("events of a node", [e.event_type_value for e in result.events_for_node("again.add") if e.is_step_event])
see("descriptions", [innermost.output_defs[0].description, middle.input_defs[0].description])
see("names", [[d.name for d in innermost.output_defs], [d.name for d in top.output_defs]])
