import dagster as dg
from observe import see

# Tags of a graph become tags of its job.


@dg.op
def one(context):
    return context.get_tag("k")


@dg.graph(tags={"k": "v"})
def g():
    return one()


see("tags", g.tags)
job = g.to_job()
see("job tags", job.tags)
see("run", job.execute_in_process().output_value())
