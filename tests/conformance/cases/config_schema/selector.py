import dagster as dg
from observe import fails, see

# A selector takes exactly one of its fields.


def run(schema, *config):
    @dg.op(config_schema=schema)
    def made(context):
        return context.op_config

    @dg.job
    def j():
        made()

    ops = {"ops": {"made": {"config": config[0]}}} if config else {}
    return j.execute_in_process(run_config=ops).output_for_node("made")


schema = dg.Selector({"gas": {"pressure": int}, "wood": dg.Field(str, is_required=False), "none": {}})
see("gas", run(schema, {"gas": {"pressure": 1}}))
see("wood", run(schema, {"wood": "oak"}))
see("none", run(schema, {"none": {}}))
with fails("two"):
    run(schema, {"gas": {"pressure": 1}, "wood": "x"})
with fails("zero"):
    run(schema, {})
with fails("unknown"):
    run(schema, {"coal": 1})
with fails("nothing"):
    run(schema)
with fails("text"):
    run(schema, "wood")
see("one field with default", run(dg.Selector({"a": dg.Field(int, default_value=3)})))
