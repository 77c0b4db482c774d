import dagster as dg
from observe import see

# The events of a small run by their type enumeration.


@dg.asset
def a():
    return 1


result = dg.materialize([a])
see(
    "types",
    [
        e.event_type.value
        for e in result.all_events
        if e.event_type_value.startswith(("STEP", "PIPELINE", "ASSET_MATERIALIZATION"))
    ],
)
see("enum", result.all_events[0].event_type == dg.DagsterEventType.RUN_START)
see("names", [dg.DagsterEventType.RUN_START.name, dg.DagsterEventType.STEP_UP_FOR_RETRY.name])
see(
    "values",
    [
        dg.DagsterEventType.RUN_SUCCESS.value,
        dg.DagsterEventType.RUN_FAILURE.value,
        dg.DagsterEventType.PIPELINE_START.value,
    ],
)
