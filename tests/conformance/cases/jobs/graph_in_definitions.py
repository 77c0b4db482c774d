import dagster as dg
from observe import fails

# A graph or an op given to Definitions as a job.


@dg.op
def one():
    return 1


@dg.graph
def g():
    one()


with fails("graph as job"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[g]))
with fails("op as job"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[one]))
with fails("two jobs of one name"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[g.to_job(name="j"), g.to_job(name="j")]))
