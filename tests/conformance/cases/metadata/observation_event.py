import dagster as dg
from observe import fails, see

# AssetObservation as an object.

event = dg.AssetObservation("a", description="d", metadata={"n": 1}, partition="p", tags={"dagster/data_version": "4"})
see("all", [event.asset_key, event.description, event.metadata, event.partition, event.tags, event.label])
see("version", event.data_version)
see("no version", dg.AssetObservation("a").data_version)
with fails("number"):
    dg.AssetObservation(1)
