import dagster as dg
from observe import see

NOT_YET = "partitions come with a later issue"

# Partition ranges in built contexts.

context = dg.build_asset_context(partition_key_range=dg.PartitionKeyRange("2024-01-01", "2024-01-03"))


@dg.asset(partitions_def=dg.DailyPartitionsDefinition("2024-01-01"))
def a(context: dg.AssetExecutionContext):
    return [context.partition_key_range.start, context.partition_key_range.end]


see("range", a(context))


@dg.asset(partitions_def=dg.DailyPartitionsDefinition("2024-01-01"))
def one(context: dg.AssetExecutionContext):
    return [context.partition_key, str(context.partition_time_window.start)]


see("key", one(dg.build_asset_context(partition_key="2024-01-02")))
