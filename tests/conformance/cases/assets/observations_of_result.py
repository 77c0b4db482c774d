import dagster as dg
from observe import see

# Observations can be read from the result of a run.


@dg.asset
def watcher(context):
    context.log_event(
        dg.AssetObservation("river", metadata={"level": 2.5}, description="d", tags={"dagster/data_version": "3"})
    )
    return 1


result = dg.materialize([watcher])
found = result.asset_observations_for_node("watcher")
see("observed", [[o.asset_key, o.metadata, o.description] for o in found])
events = result.get_asset_observation_events()
see("events", [[e.event_type_value, e.step_key, e.asset_observation_data.asset_observation.asset_key] for e in events])
