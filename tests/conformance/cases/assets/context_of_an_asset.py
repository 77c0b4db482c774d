import dagster as dg
from observe import ran, see

# What the context of an asset knows.


@dg.asset(group_name="g", tags={"k": "v"}, metadata={"m": 1}, code_version="7", op_tags={"o": "t"})
def look(context: dg.AssetExecutionContext):
    see("asset key", context.asset_key)
    see("op name", context.op.name)
    see("output key", context.asset_key_for_output("result"))
    see("output key default", context.asset_key_for_output())
    see("selected keys", context.selected_asset_keys)
    see("selected outputs", context.selected_output_names)
    see("has assets", context.has_assets_def)
    see("assets def", context.assets_def.key)
    see("retry", context.retry_number)
    see("job", context.job_name)
    see("partition", context.has_partition_key)
    see("op config", context.op_config)
    see("is subset", context.is_subset)
    see("job def", context.job_def.name)
    see("run job", context.run.job_name)
    see("asset keys", context.assets_def.keys)
    see("log", hasattr(context.log, "info"))
    see("spec metadata", dict(context.assets_def.metadata_by_key[context.asset_key]))
    see("spec tags", context.assets_def.tags_by_key[context.asset_key])
    see("code version", context.assets_def.code_versions_by_key)
    see("op tags", dict(context.op.tags))
    see("attached", context.op_execution_context is not None)
    return 1


ran("run", dg.materialize([look]))
