import dagster as dg
from observe import fails, see

# Dictionaries of fields, shapes and permissive ones.


def run(schema, *config):
    @dg.op(config_schema=schema)
    def made(context):
        return context.op_config

    @dg.job
    def j():
        made()

    ops = {"ops": {"made": {"config": config[0]}}} if config else {}
    return j.execute_in_process(run_config=ops).output_for_node("made")


see("dict", run({"a": int, "b": str}, {"a": 1, "b": "x"}))
see("nested", run({"a": {"b": {"c": int}}}, {"a": {"b": {"c": 1}}}))
see("shape", run(dg.Shape({"a": int}), {"a": 1}))
see("permissive", run(dg.Permissive({"a": int}), {"a": 1, "b": [2]}))
see("permissive without fields", run(dg.Permissive(), {"z": 1}))
see("dict type", run(dict, {"a": {"b": 1}}))
see("field with default", run({"a": dg.Field(int, default_value=5)}))
see("field not required", run({"a": dg.Field(int, is_required=False), "b": dg.Field(int, default_value=1)}, {}))
see("noneable", run({"a": dg.Noneable(int)}, {"a": None}))
see("noneable absent", run({"a": dg.Noneable(int)}))
see("field of dict with default", run(dg.Field({"a": int}, default_value={"a": 3})))
see("empty dict", run({}, {}))
for label, schema, config in [
    ("missing", {"a": int, "b": str}, {"a": 1}),
    ("unknown", {"a": int}, {"a": 1, "z": 1}),
    ("nested wrong", {"a": {"b": int}}, {"a": {"b": "x"}}),
    ("shape unknown", dg.Shape({"a": int}), {"a": 1, "b": 1}),
    ("permissive wrong", dg.Permissive({"a": int}), {"a": "x"}),
    ("none for dict", {"a": int}, None),
]:
    with fails(label):
        run(schema, config)
with fails("nothing given"):
    run({"a": int})
