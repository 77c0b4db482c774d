import dagster as dg
from observe import see

# wipe_assets forgets.


@dg.asset
def a():
    return 1


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([a], instance=instance)
    instance.wipe_assets([dg.AssetKey("a")])
    see("after", [instance.get_latest_materialization_event(dg.AssetKey("a")), instance.get_asset_keys()])
    dg.materialize([a], instance=instance)
    see("again", len(instance.fetch_materializations(dg.AssetKey("a"), limit=5).records))
