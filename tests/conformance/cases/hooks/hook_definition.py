import dagster as dg
from observe import ran, see

# HookDefinition made directly decides by the events of the step.

seen = []


def hook(context, events):
    seen.append(
        [event.event_type_value for event in events if not event.event_type_value.startswith(("LOGS", "RESOURCE"))]
    )
    return dg.HookExecutionResult(hook_name="mine", is_skipped=False)


def skips(context, events):
    return dg.HookExecutionResult(hook_name="skipping", is_skipped=True)


made = dg.HookDefinition(name="mine", hook_fn=hook)
skipping = dg.HookDefinition(name="skipping", hook_fn=skips)


@dg.op
def one():
    return 1


@dg.job
def j():
    one.with_hooks({made})()


@dg.job
def k():
    one.with_hooks({skipping})()


ran("run", j.execute_in_process())
see("seen", seen)
ran("skips", k.execute_in_process())
