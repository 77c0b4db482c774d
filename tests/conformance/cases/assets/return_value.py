import dagster as dg
from observe import ran, see

# A returned value is stored and gets a path.


@dg.asset
def number():
    return 5


result = dg.materialize([number])
ran("run", result)
see(
    "value", [result.output_for_node("number"), result.asset_value("number"), result.asset_value(dg.AssetKey("number"))]
)
event = result.get_asset_materialization_events()[0]
see("events", [event.asset_key, event.step_key, event.is_step_materialization])
see("for node", [m.asset_key for m in result.asset_materializations_for_node("number")])
