import dagster as dg
from observe import see

# Events and results by the classes of the API.


@dg.asset
def a():
    return 1


result = dg.materialize([a])
see("result", isinstance(result, dg.ExecuteInProcessResult))
event = result.get_asset_materialization_events()[0]
see("event", isinstance(event, dg.DagsterEvent))
see("type", [event.event_type is dg.DagsterEventType.ASSET_MATERIALIZATION, event.event_type_value])
see("run", [isinstance(result.dagster_run, dg.DagsterRun), result.dagster_run.status is dg.DagsterRunStatus.SUCCESS])
see("flags", [event.is_step_materialization, event.is_step_success, event.is_failure, event.is_job_event])
see(
    "names",
    [dg.DagsterEventType.RUN_SUCCESS.value, dg.DagsterEventType.RUN_START.value, dg.DagsterEventType.RUN_FAILURE.value],
)
see(
    "status names",
    [
        dg.DagsterRunStatus.STARTED.value,
        dg.DagsterRunStatus.FAILURE.value,
        dg.DagsterRunStatus.CANCELED.value,
        dg.DagsterRunStatus.QUEUED.value,
    ],
)
