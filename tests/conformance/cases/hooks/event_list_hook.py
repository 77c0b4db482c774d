import dagster as dg
from observe import ran, see

# A hook over the events of a step decides itself whether it did something.

calls = []


@(
    dg.event_list_hook(required_resource_keys={"sink"})
    if hasattr(dg, "event_list_hook")
    else dg.success_hook(required_resource_keys={"sink"})
)
def counted(context, *rest):
    context.resources.sink.append(context.step_key)
    return None


@dg.success_hook(required_resource_keys={"sink"})
def values(context: dg.HookContext):
    calls.append(
        [
            context.hook_def.name,
            context.op.name,
            context.op_config,
            context.op_output_values,
            context.job_name,
            sorted(context.required_resource_keys),
            context.op_exception,
        ]
    )


@dg.op(config_schema={"n": int}, out={"a": dg.Out(), "b": dg.Out()})
def work(context):
    return context.op_config["n"], "b"


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "x")
    yield dg.DynamicOutput(2, "y")


sink = []


@dg.job(hooks={values}, resource_defs={"sink": dg.ResourceDefinition.hardcoded_resource(sink)})
def j():
    work()
    many()


result = j.execute_in_process({"ops": {"work": {"config": {"n": 4}}}})
ran("run", result)
see("calls", calls)
