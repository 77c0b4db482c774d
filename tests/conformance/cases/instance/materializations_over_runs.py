import dagster as dg
from observe import see

# Several runs into one instance: latest events, records, values, wiping.

state = {"n": 0}


@dg.asset(metadata={"owner": "me"}, code_version="1")
def counter(context: dg.AssetExecutionContext):
    state["n"] += 1
    context.add_output_metadata({"n": state["n"]})
    return state["n"]


@dg.asset
def reader(counter):
    if counter == 2:
        raise ValueError("two")
    return counter * 10


with dg.DagsterInstance.ephemeral() as instance:
    for _ in range(3):
        dg.materialize([counter, reader], instance=instance, raise_on_error=False)
    key = dg.AssetKey("counter")
    event = instance.get_latest_materialization_event(key)
    see(
        "latest",
        [
            event.dagster_event.materialization.metadata["n"],
            event.dagster_event.step_key,
            event.run_id == instance.get_runs(limit=1)[0].run_id,
        ],
    )
    found = instance.fetch_materializations(key, limit=2)
    see("two", [[r.asset_materialization.metadata["n"].value for r in found.records], found.has_more])
    rest = instance.fetch_materializations(key, limit=2, cursor=found.cursor)
    see("rest", [[r.asset_materialization.metadata["n"].value for r in rest.records], rest.has_more])
    see(
        "ascending",
        [
            r.asset_materialization.metadata["n"].value
            for r in instance.fetch_materializations(key, limit=9, ascending=True).records
        ],
    )
    see("reader", len(instance.fetch_materializations(dg.AssetKey("reader"), limit=9).records))
    see("keys", instance.get_asset_keys())
    see("has", [instance.has_asset_key(key), instance.has_asset_key(dg.AssetKey("none"))])
    see("by run", [r.status.value for r in instance.get_runs()])
    see("tags", {k: v for k, v in event.dagster_event.materialization.tags.items() if k == "dagster/code_version"})
    see(
        "code versions",
        instance.get_latest_materialization_code_versions([key])
        if hasattr(instance, "get_latest_materialization_code_versions")
        else None,
    )
    see("records", [r.asset_entry.asset_key for r in instance.get_asset_records([key])])
    instance.wipe_assets([key])
    see("wiped", [instance.get_latest_materialization_event(key), instance.get_asset_keys()])
    instance.report_runless_asset_event(dg.AssetMaterialization("reported", metadata={"by": "hand"}))
    see("reported", instance.get_latest_materialization_event(dg.AssetKey("reported")).asset_materialization.metadata)
