import dagster as dg
from observe import fails, ran, see

# A graph with one output, run by itself and as a job.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph
def g():
    "Adds."
    return plus(one())


see("outputs", [o.name for o in g.output_defs])
see("description", g.description)
see("name", g.name)
see("nodes", sorted(g.node_dict))
result = g.execute_in_process()
ran("run", result)
see("output value", result.output_value())
see("by name", result.output_value("result"))
with fails("unknown output"):
    result.output_value("nope")
job = g.to_job(name="renamed", description="d", tags={"a": "b"})
see("job name", job.name)
see("job tags", job.tags)
see("job description", job.description)
see("default job name", g.to_job().name)
