import dagster as dg
from observe import fails, ran, see

# The job of all assets.


class Oven(dg.Config):
    n: int = 1


@dg.asset
def a(config: Oven):
    return config.n


@dg.asset
def b(a):
    return a + 1


job = dg.Definitions(assets=[a, b]).resolve_implicit_global_asset_job_def()
see("name", job.name)
see("value", job.execute_in_process().output_for_node("b"))
see("config", job.execute_in_process(run_config={"ops": {"a": {"config": {"n": 5}}}}).output_for_node("b"))
ran("selection", job.execute_in_process(asset_selection=[dg.AssetKey("a")]))
with fails("unknown selection"):
    job.execute_in_process(asset_selection=[dg.AssetKey("z")])
see("node names", sorted(n.name for n in job.nodes))
