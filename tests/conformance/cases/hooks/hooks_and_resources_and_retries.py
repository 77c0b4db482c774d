import dagster as dg
from observe import ran, see

# When hooks run: after the last try, per copy, with resources and outputs.

calls = []


@dg.success_hook(required_resource_keys={"mail"})
def done(context: dg.HookContext):
    context.resources.mail.append(["done", context.step_key, context.op_output_values])
    context.log.info("done")


@dg.failure_hook(required_resource_keys={"mail"}, name="alarm")
def failed(context: dg.HookContext):
    context.resources.mail.append(
        ["failed", context.step_key, str(context.op_exception), context.op.name, context.hook_def.name]
    )


@dg.op(retry_policy=dg.RetryPolicy(max_retries=1))
def shaky(context):
    if context.retry_number == 0:
        raise ValueError("first")
    return "ok"


@dg.op
def broken(x):
    raise RuntimeError(f"broken {x}")


@dg.op
def never(x):
    return x


@dg.job(resource_defs={"mail": dg.ResourceDefinition.hardcoded_resource(calls)}, hooks={done, failed})
def j():
    never(broken(shaky()))


result = j.execute_in_process(raise_on_error=False)
see("calls", calls)
see("hooks", sorted(e.event_type_value for e in result.all_events if "HOOK" in e.event_type_value))
see(
    "steps",
    [
        e.event_type_value
        for e in result.events_for_node("broken")
        if "HOOK" not in e.event_type_value and e.event_type_value.startswith("STEP")
    ],
)
