import dagster as dg
from observe import fails, see

# What the context knows inside a direct call.


@dg.op(tags={"k": "v"})
def look(context):
    see("definition", context.op_def.name)
    see("tags", context.op_def.tags)
    see("run id", context.run_id)
    see("assets", context.has_assets_def)
    for name in ("op", "job_name", "run"):
        with fails(name):
            getattr(context, name)


look(dg.build_op_context())
