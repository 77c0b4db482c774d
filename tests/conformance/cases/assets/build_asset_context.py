import dagster as dg
from observe import fails, see

# A context made for a test.

context = dg.build_asset_context(asset_config={"n": 3}, resources={"r": 5}, partition_key="p")
see("partition", context.partition_key)
see("config", context.op_config)
see("resource", context.resources.r)
see("log", hasattr(context.log, "info"))
with fails("run id"):
    see("run", context.run_id)
with fails("asset key"):
    see("key", context.asset_key)
with fails("no partition"):
    dg.build_asset_context().partition_key
see("has no partition", dg.build_asset_context().has_partition_key)
with fails("unknown resource"):
    dg.build_asset_context().resources.nope
