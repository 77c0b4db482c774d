import dagster as dg
from observe import fails, see, steps


@dg.asset
def root():
    return 1


@dg.asset
def left(root):
    raise dg.Failure("left broke", metadata={"why": "test"})


@dg.asset
def right(root):
    return root + 1


@dg.asset
def join(left, right):
    return left + right


r = dg.materialize([root, left, right, join], raise_on_error=False)
see("ok", r.success)
see("steps", dict(steps(r).items()))
see("mats", sorted(e.asset_key.to_user_string() for e in r.get_asset_materialization_events()))
f = [e for e in r.all_events if e.is_step_failure][0]
see(
    "fail",
    [
        f.step_key,
        f.step_failure_data.user_failure_data.description,
        f.step_failure_data.user_failure_data.metadata
        if hasattr(f.step_failure_data.user_failure_data, "metadata")
        else None,
    ],
)
see("skipped", [e.step_key for e in r.all_events if e.event_type_value == "STEP_SKIPPED"])
with fails("out"):
    r.output_for_node("join")
see("right", r.output_for_node("right"))
with fails("raised"):
    dg.materialize([root, left, right, join])
see("failure event", r.get_run_failure_event().event_type_value)
see("failed keys", sorted(r.get_failed_step_keys()))
