import dagster as dg
from observe import ran, see

# Hooks see each copy; the context of a copy tells its key.

calls = []


@dg.success_hook
def noted(context: dg.HookContext):
    calls.append(
        [context.step_key, context.op.name, context.op_output_values if hasattr(context, "op_output_values") else None]
    )


@dg.op(out=dg.DynamicOut())
def keys():
    yield dg.DynamicOutput(10, "ten")
    yield dg.DynamicOutput(20, "twenty")


@dg.op
def work(context: dg.OpExecutionContext, x):
    return [context.get_mapping_key(), x, str(context.op_handle)]


@dg.job(hooks={noted})
def j():
    keys().map(work)


result = j.execute_in_process()
see("calls", calls)
see("values", result.output_for_node("work"))
see(
    "outputs",
    [
        [e.step_key, e.step_output_data.mapping_key, e.step_output_data.output_name]
        for e in result.all_events
        if e.is_successful_output
    ],
)
