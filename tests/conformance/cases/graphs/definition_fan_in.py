import dagster as dg
from observe import see

# MultiDependencyDefinition is a fan-in.


@dg.op
def one():
    return 1


@dg.op
def two():
    return 2


@dg.op
def total(xs):
    return sum(xs)


g = dg.GraphDefinition(
    name="g",
    node_defs=[one, two, total],
    dependencies={
        "total": {"xs": dg.MultiDependencyDefinition([dg.DependencyDefinition("one"), dg.DependencyDefinition("two")])}
    },
)
see("value", g.execute_in_process().output_for_node("total"))
