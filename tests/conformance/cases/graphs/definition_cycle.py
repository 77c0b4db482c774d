import dagster as dg
from observe import fails

# A cycle in the dependencies of a GraphDefinition.


@dg.op
def a(x):
    return x


@dg.op
def b(x):
    return x


g = None
with fails("definition"):
    g = dg.GraphDefinition(
        name="g",
        node_defs=[a, b],
        dependencies={"a": {"x": dg.DependencyDefinition("b")}, "b": {"x": dg.DependencyDefinition("a")}},
    )
if g is not None:
    with fails("job"):
        g.to_job()
