import dagster as dg
from observe import see

# Querying what was materialized.


@dg.asset
def a(context):
    return dg.MaterializeResult(metadata={"n": len(context.run.tags.get("t", ""))})


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([a], instance=instance, tags={"t": "x"})
    dg.materialize([a], instance=instance, tags={"t": "xxx"})
    key = dg.AssetKey("a")
    event = instance.get_latest_materialization_event(key)
    see("type", isinstance(event, dg.EventLogEntry))
    see("latest", event.asset_materialization.metadata)
    see("key", event.asset_materialization.asset_key)
    see("none", instance.get_latest_materialization_event(dg.AssetKey("nope")))
    records = instance.fetch_materializations(key, limit=5)
    see("records type", isinstance(records, dg.EventRecordsResult))
    see("newest first", [r.asset_materialization.metadata["n"] for r in records.records])
    see("more", records.has_more)
    page = instance.fetch_materializations(key, limit=1)
    see("page", [len(page.records), page.has_more])
    rest = instance.fetch_materializations(key, limit=5, cursor=page.cursor)
    see("rest", [r.asset_materialization.metadata["n"] for r in rest.records])
    ascending = instance.fetch_materializations(key, limit=5, ascending=True)
    see("oldest first", [r.asset_materialization.metadata["n"] for r in ascending.records])
    see("known", instance.get_asset_keys())
    see("has", [instance.has_asset_key(key), instance.has_asset_key(dg.AssetKey("nope"))])
