import dagster as dg
from observe import ran

# All assets of Definitions as one job.


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a + 1


defs = dg.Definitions(assets=[a, b])
job = defs.resolve_implicit_global_asset_job_def()
ran("run", job.execute_in_process())
ran("selected", job.execute_in_process(asset_selection=[dg.AssetKey("a")]))
