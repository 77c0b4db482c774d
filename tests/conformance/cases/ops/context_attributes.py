import dagster as dg
from observe import ran, see

# What the context of an op knows.


@dg.op(tags={"k": "v"})
def look(context):
    see("op name", context.op.name)
    see("op def name", context.op_def.name)
    see("job name", context.job_name)
    see("job def", context.job_def.name)
    see("run id is str", isinstance(context.run_id, str))
    see("run of the context", context.run.job_name)
    see("dagster_run", context.dagster_run.job_name)
    see("retry number", context.retry_number)
    see("has partition", context.has_partition_key)
    see("has tag", context.has_tag("color"))
    see("tag", context.get_tag("color"))
    see("no tag", context.get_tag("nope"))
    see(
        "run tags",
        {k: v for k, v in context.run_tags.items() if not k.startswith("dagster/")}
        if hasattr(context, "run_tags")
        else None,
    )
    see("op config", context.op_config)
    see("node handle", str(context.op_handle))
    see("instance", context.instance is not None)
    see("log", hasattr(context.log, "info"))
    see("has assets", context.has_assets_def)
    see("selected outputs", context.selected_output_names)


@dg.job(tags={"color": "red"})
def j():
    look.alias("looker")()


ran("run", j.execute_in_process())
