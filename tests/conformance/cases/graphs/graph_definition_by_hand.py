import dagster as dg
from observe import fails, ran, see

# A graph made without composition: dependencies by name, aliases by NodeInvocation, a list by MultiDependencyDefinition.


@dg.op(out={"a": dg.Out(int), "b": dg.Out(int)})
def two():
    return 1, 2


@dg.op(ins={"x": dg.In(int), "y": dg.In(int, default_value=5)})
def add(x, y):
    return x + y


@dg.op(ins={"xs": dg.In(list), "after": dg.In(dg.Nothing)})
def gather(xs):
    return xs


graph = dg.GraphDefinition(
    name="by_hand",
    description="made",
    node_defs=[two, add, gather],
    dependencies={
        dg.NodeInvocation("add", alias="first", tags={"t": "1"}): {"x": dg.DependencyDefinition("two", "a")},
        dg.NodeInvocation(name="add", alias="second", retry_policy=dg.RetryPolicy(max_retries=1)): {
            "x": dg.DependencyDefinition(node="two", output="b"),
            "y": dg.DependencyDefinition("first"),
        },
        "gather": {
            "xs": dg.MultiDependencyDefinition(
                [
                    dg.DependencyDefinition("second"),
                    dg.DependencyDefinition("two", "a"),
                    dg.DependencyDefinition("first"),
                ]
            ),
            "after": dg.DependencyDefinition("second"),
        },
    },
    output_mappings=[
        dg.OutputMapping(graph_output_name="list", mapped_node_name="gather", mapped_node_output_name="result")
    ]
    if False
    else [],
    tags={"g": "h"},
)
job = graph.to_job(name="made", tags={"j": "k"})
result = job.execute_in_process()
ran("run", result)
see("gather", result.output_for_node("gather"))
see("second", result.output_for_node("second"))
see("tags", job.tags)
see("graph", [graph.name, graph.description, graph.tags])
see("same from the graph", graph.execute_in_process().output_for_node("gather"))

with fails("unknown node in dependencies"):
    dg.GraphDefinition(name="g", node_defs=[two], dependencies={"nobody": {"x": dg.DependencyDefinition("two", "a")}})
with fails("unknown source"):
    dg.GraphDefinition(name="g", node_defs=[add], dependencies={"add": {"x": dg.DependencyDefinition("nobody")}})
with fails("unknown output"):
    dg.GraphDefinition(name="g", node_defs=[two, add], dependencies={"add": {"x": dg.DependencyDefinition("two", "z")}})
with fails("unknown input"):
    dg.GraphDefinition(name="g", node_defs=[two, add], dependencies={"add": {"z": dg.DependencyDefinition("two", "a")}})
with fails("missing input"):
    dg.GraphDefinition(name="g", node_defs=[two, add], dependencies={}).to_job()
with fails("to itself"):
    dg.GraphDefinition(name="g", node_defs=[add], dependencies={"add": {"x": dg.DependencyDefinition("add")}}).to_job()
