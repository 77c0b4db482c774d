import dagster as dg
from observe import see

# What a hook's context knows.

seen = {}


@dg.success_hook(required_resource_keys={"r"})
def look(context):
    seen.update(
        {
            "type": isinstance(context, dg.HookContext),
            "op": context.op.name,
            "hook": context.hook_def.name,
            "job": context.job_name,
            "step": context.step_key,
            "run id": isinstance(context.run_id, str),
            "resource": context.resources.r,
            "keys": context.required_resource_keys,
            "config": context.op_config,
            "output": context.op_output_values,
            "exception": context.op_exception,
            "log": hasattr(context.log, "info"),
        }
    )


@dg.op(config_schema={"n": int})
def one(context):
    return context.op_config["n"]


@dg.job(hooks={look}, resource_defs={"r": dg.ResourceDefinition.hardcoded_resource(5)})
def j():
    one()


j.execute_in_process(run_config={"ops": {"one": {"config": {"n": 3}}}})
for name, value in seen.items():
    see(name, value)
