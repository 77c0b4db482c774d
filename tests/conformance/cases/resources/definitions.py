import dagster as dg
from observe import fails, see

# Resources of Definitions serve assets and jobs.


class Box(dg.ConfigurableResource):
    size: int


@dg.asset
def a(box: Box):
    return box.size


@dg.op
def look(box: Box):
    return box.size * 2


@dg.job
def j():
    look()


defs = dg.Definitions(assets=[a], jobs=[j], resources={"box": Box(size=4), "unused": Box(size=1)})
see("job", defs.resolve_job_def("j").execute_in_process().output_for_node("look"))
see("asset", defs.resolve_implicit_global_asset_job_def().execute_in_process().output_for_node("a"))
with fails("missing for asset"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a]))
with fails("missing for job"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[j]))
with fails("construct without"):
    dg.Definitions(assets=[a])
