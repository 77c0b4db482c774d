import dagster as dg
from observe import see

NOT_YET = "asset checks come with a later issue"

# build_asset_check_context.

context = dg.build_asset_check_context(resources={"r": 3})
see("type", isinstance(context, dg.AssetCheckExecutionContext))
see("resource", context.resources.r)
see("log", hasattr(context.log, "info"))
