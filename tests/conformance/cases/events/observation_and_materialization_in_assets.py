import dagster as dg
from observe import ran, see

# Events logged in an asset come before its own.


@dg.asset
def a(context):
    context.log_event(dg.AssetObservation("a", metadata={"x": 1}))
    context.log_event(dg.AssetMaterialization("foreign", metadata={"y": 2}))
    return 1


result = dg.materialize([a])
ran("run", result)
see("observed", [e.asset_key for e in result.get_asset_observation_events()])
