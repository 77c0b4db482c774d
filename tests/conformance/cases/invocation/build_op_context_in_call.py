import dagster as dg
from observe import see

# What the context knows inside a direct call.


@dg.op(tags={"k": "v"})
def look(context):
    found = {}
    for name in (
        "op",
        "op_def",
        "job_name",
        "run_id",
        "has_assets_def",
        "selected_output_names",
        "retry_number",
        "run",
    ):
        try:
            value = getattr(context, name)
            found[name] = getattr(value, "name", value)
        except Exception as error:
            found[name] = type(error).__mro__[-3].__name__ == "Exception"
    found["op_def tags"] = context.op_def.tags
    found["assets"] = context.has_assets_def
    return found


for name, value in look(dg.build_op_context()).items():
    see(name, value)
