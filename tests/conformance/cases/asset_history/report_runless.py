import dagster as dg
from observe import fails, see

# Events reported without a run.

with dg.DagsterInstance.ephemeral() as instance:
    instance.report_runless_asset_event(dg.AssetMaterialization("outside", metadata={"n": 1}))
    instance.report_runless_asset_event(dg.AssetObservation("river", metadata={"m": 2}))
    event = instance.get_latest_materialization_event(dg.AssetKey("outside"))
    see("event", [event.asset_materialization.metadata, event.run_id])
    see(
        "observations",
        [
            r.asset_observation.metadata if hasattr(r, "asset_observation") else None
            for r in instance.fetch_observations(dg.AssetKey("river"), limit=5).records
        ],
    )
    with fails("not an event"):
        instance.report_runless_asset_event(3)
