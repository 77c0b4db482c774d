import dagster as dg
from observe import see

NOT_YET = "partitions come with a later issue"

# fetch_materializations and fetch_observations with filters.

parts = dg.StaticPartitionsDefinition(["x", "y"])


@dg.asset(partitions_def=parts)
def a(context):
    context.log_event(dg.AssetObservation("a", partition=context.partition_key, metadata={"p": context.partition_key}))
    return 1


with dg.DagsterInstance.ephemeral() as instance:
    for key in ("x", "y", "x"):
        dg.materialize([a], instance=instance, partition_key=key)
    found = instance.fetch_materializations(
        dg.AssetRecordsFilter(asset_key=dg.AssetKey("a"), asset_partitions=["x"]), limit=10
    )
    see("x", [r.partition_key for r in found.records])
    seen = instance.fetch_observations(dg.AssetKey("a"), limit=10)
    see(
        "observed",
        [r.asset_observation.partition if hasattr(r, "asset_observation") else r.partition_key for r in seen.records],
    )
    see("partitions", sorted(instance.get_materialized_partitions(dg.AssetKey("a"))))
    see("latest", instance.get_latest_materialization_event(dg.AssetKey("a")).asset_materialization.partition)
