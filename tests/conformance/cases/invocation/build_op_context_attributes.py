import dagster as dg
from observe import fails, see

# What build_op_context's context knows, before and in a call.

context = dg.build_op_context(op_config={"n": 1}, run_tags={"a": "b"}, resources={"r": 4}, partition_key="p")
see("config", context.op_config)
see("resources", context.resources.r)
see("partition", context.partition_key)
see("has partition", context.has_partition_key)
see("tag", context.get_tag("a"))
see("has tag", context.has_tag("z"))
for name in ("op", "op_def", "job_def", "job_name", "op_handle"):
    with fails(name):
        getattr(context, name)
see("run id", context.run_id)
