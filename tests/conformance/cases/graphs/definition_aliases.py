import dagster as dg
from observe import ran, see

# NodeInvocation gives a node an alias, tags, hooks and retries.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


g = dg.GraphDefinition(
    name="g",
    node_defs=[one, plus],
    dependencies={
        dg.NodeInvocation("one", alias="uno", tags={"k": "v"}): {},
        dg.NodeInvocation("plus", alias="p1", retry_policy=dg.RetryPolicy(max_retries=2)): {
            "x": dg.DependencyDefinition("uno")
        },
        dg.NodeInvocation("plus", alias="p2"): {"x": dg.DependencyDefinition("p1")},
    },
)
result = g.execute_in_process()
ran("run", result)
see("value", result.output_for_node("p2"))
see("tags", g.node_dict["uno"].tags)
