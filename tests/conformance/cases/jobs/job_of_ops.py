import dagster as dg
from observe import see

# @job with name, description, tags and metadata.


@dg.op
def one():
    return 1


@dg.job(name="named", description="d", tags={"a": "b"}, metadata={"m": 1})
def j():
    "docstring"
    one()


see("name", j.name)
see("description", j.description)
see("tags", j.tags)
see("metadata", j.metadata)
see("type", isinstance(j, dg.JobDefinition))
see("graph", isinstance(j.graph, dg.GraphDefinition))


@dg.job
def k():
    "docstring"
    one()


see("docstring", k.description)
