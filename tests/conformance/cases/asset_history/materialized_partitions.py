import dagster as dg
from observe import see

NOT_YET = "partitions come with a later issue"

# Partitions that were materialized.

days = dg.StaticPartitionsDefinition(["mon", "tue", "wed"])


@dg.asset(partitions_def=days)
def a(): ...


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([a], partition_key="mon", instance=instance)
    dg.materialize([a], partition_key="wed", instance=instance)
    see("partitions", sorted(instance.get_materialized_partitions(dg.AssetKey("a"))))
    event = instance.get_latest_materialization_event(dg.AssetKey("a"))
    see("latest", event.asset_materialization.partition)
