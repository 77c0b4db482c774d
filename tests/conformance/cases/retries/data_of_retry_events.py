import dagster as dg
from observe import see

# What the events of a retried step say.


@dg.op(retry_policy=dg.RetryPolicy(max_retries=2, delay=0.01))
def shaky(context):
    context.log.info("try %s", context.retry_number)
    if context.retry_number == 0:
        raise dg.Failure("not yet", metadata={"try": 0})
    if context.retry_number == 1:
        raise dg.RetryRequested(max_retries=5, seconds_to_wait=0.02) from KeyError("why")
    raise ValueError("never")


@dg.job
def j():
    shaky()


result = j.execute_in_process(raise_on_error=False)
for n, event in enumerate(e for e in result.all_events if e.is_step_event):
    if event.event_type_value == "STEP_UP_FOR_RETRY":
        data = event.step_retry_data
        see(
            f"{n} retry",
            [data.seconds_to_wait, data.error.cls_name, data.error.cause.cls_name if data.error.cause else None],
        )
    elif event.event_type_value == "STEP_RESTARTED":
        see(f"{n} restarted", event.step_key)
    elif event.is_step_failure:
        data = event.step_failure_data
        see(
            f"{n} failed",
            [data.error.cls_name, data.error.cause.cls_name if data.error.cause else None, data.user_failure_data],
        )
see("attempts", result.retry_attempts_for_node("shaky"))
see("failure data", result.failure_data_for_node("shaky").error.cls_name)
see(
    "is",
    [
        result.is_node_failed("shaky"),
        result.is_node_success("shaky"),
        result.get_run_failure_event().event_type_value if hasattr(result, "get_run_failure_event") else None,
    ],
)
