import dagster as dg
from observe import see

# get_event_records with an EventRecordsFilter.


@dg.asset
def a():
    return 1


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([a], instance=instance)
    dg.materialize([a], instance=instance)
    records = instance.get_event_records(
        dg.EventRecordsFilter(event_type=dg.DagsterEventType.ASSET_MATERIALIZATION, asset_key=dg.AssetKey("a"))
    )
    see("count", len(records))
    see("types", [isinstance(r, dg.EventLogRecord) for r in records])
    see("newest first", records[0].storage_id > records[1].storage_id)
    see("keys", [r.asset_key for r in records])
