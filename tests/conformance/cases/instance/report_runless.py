import dagster as dg
from observe import fails, see

# Reporting a materialization without a run.

with dg.DagsterInstance.ephemeral() as instance:
    instance.report_runless_asset_event(dg.AssetMaterialization("outside", metadata={"n": 1}))
    instance.report_runless_asset_event(dg.AssetObservation("outside", metadata={"m": 2}))
    event = instance.get_latest_materialization_event(dg.AssetKey("outside"))
    see("metadata", event.asset_materialization.metadata)
    see("observations", len(instance.fetch_observations(dg.AssetKey("outside"), limit=5).records))
    with fails("something else"):
        instance.report_runless_asset_event("x")
