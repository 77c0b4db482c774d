import dagster as dg
from observe import see

# What an instance remembers of materializations.

DIFFERS = {
    "latest": "ids of runs are shorter here",
}


@dg.asset
def a(context):
    return dg.Output(1, metadata={"n": len(context.run_id)})


@dg.asset
def b(a): ...


with dg.DagsterInstance.ephemeral() as instance:
    see("before", [instance.get_latest_materialization_event(dg.AssetKey("a")), instance.all_asset_keys()])
    first = dg.materialize([a, b], instance=instance)
    second = dg.materialize([a], instance=instance)
    event = instance.get_latest_materialization_event(dg.AssetKey("a"))
    see(
        "latest",
        [event.run_id == second.run_id, event.asset_materialization.asset_key, event.asset_materialization.metadata],
    )
    see("keys", instance.all_asset_keys())
    see("has", [instance.has_asset_key(dg.AssetKey("a")), instance.has_asset_key(dg.AssetKey("z"))])
    records = instance.fetch_materializations(dg.AssetKey("a"), limit=10).records
    see("newest first", [r.run_id == second.run_id for r in records])
    see("limit", len(instance.fetch_materializations(dg.AssetKey("a"), limit=1).records))
    see("runs", [r.status.value for r in instance.get_runs()])
    see("run", instance.get_run_by_id(first.run_id).job_name)
    see("count", instance.get_runs_count())
    instance.wipe_assets([dg.AssetKey("a")])
    see("wiped", instance.get_latest_materialization_event(dg.AssetKey("a")))
    see("keys after", instance.all_asset_keys())
