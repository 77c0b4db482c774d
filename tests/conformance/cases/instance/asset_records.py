import dagster as dg
from observe import see

# get_asset_records and data versions.


@dg.asset(code_version="1")
def a():
    return dg.Output(1, data_version=dg.DataVersion("v7"))


with dg.DagsterInstance.ephemeral() as instance:
    dg.materialize([a], instance=instance)
    record = instance.get_asset_records([dg.AssetKey("a")])[0]
    see("key", record.asset_entry.asset_key)
    see("last", record.asset_entry.last_materialization.dagster_event.asset_key)
    see("run", record.asset_entry.last_run_id == instance.get_runs()[0].run_id)
    see("unknown", list(instance.get_asset_records([dg.AssetKey("nope")])))
    tags = instance.get_latest_materialization_event(dg.AssetKey("a")).asset_materialization.tags
    see("versions", [tags["dagster/data_version"], tags["dagster/code_version"]])
see("data version", [dg.DataVersion("x").value, dg.DataVersion("x") == dg.DataVersion("x")])
