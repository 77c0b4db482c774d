import dagster as dg
from observe import ran, see

# What a materialization event holds.


@dg.asset(key_prefix="p", code_version="2")
def a():
    return dg.MaterializeResult(
        metadata={"n": 1, "s": "x", "f": 1.5, "b": True}, tags={"k": "v"}, data_version=dg.DataVersion("7")
    )


result = dg.materialize([a])
event = result.get_asset_materialization_events()[0]
see("key", event.asset_key)
see("event type", event.event_type_value)
see("step", event.step_key)
see("partition", event.partition)
m = event.materialization
see("metadata", m.metadata)
see("tags", {k: v for k, v in m.tags.items() if k in ("k", "dagster/data_version", "dagster/code_version")})
see("description", m.description)
see("is materialization", event.is_asset_materialization if hasattr(event, "is_asset_materialization") else None)
ran("run", result)
