import dagster as dg
from observe import fails, see

NOT_YET = "partitions come with a later issue"

# What build_asset_context gives.

context = dg.build_asset_context(partition_key="p", resources={"r": 1}, asset_config={"n": 1}, run_tags={"a": "b"})
see("type", isinstance(context, dg.AssetExecutionContext))
see("partition", context.partition_key)
see("resources", context.resources.r)
see("has partition", context.has_partition_key)
see("log", hasattr(context.log, "info"))
with fails("asset key outside a call"):
    context.asset_key


@dg.asset(key_prefix="pre", partitions_def=dg.StaticPartitionsDefinition(["p", "q"]))
def a(context: dg.AssetExecutionContext):
    context.add_output_metadata({"m": 1})
    return [
        context.asset_key.to_user_string(),
        context.partition_key,
    ]


see("in a call", a(context))
