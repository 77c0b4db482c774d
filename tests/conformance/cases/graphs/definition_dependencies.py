import dagster as dg
from observe import ran, see

# GraphDefinition with a dictionary of dependencies.


@dg.op
def one():
    return 1


@dg.op(ins={"a": dg.In(), "b": dg.In()})
def add(a, b):
    return a + b


g = dg.GraphDefinition(
    name="g",
    description="by hand",
    node_defs=[one, add],
    dependencies={"add": {"a": dg.DependencyDefinition("one"), "b": dg.DependencyDefinition("one", "result")}},
)
see("nodes", sorted(g.node_dict))
see("description", g.description)
job = g.to_job()
result = job.execute_in_process()
ran("run", result)
see("value", result.output_for_node("add"))
