import dagster as dg
from observe import fails, see

# Scalar schemas and what they take.


def run(schema, config):
    @dg.op(config_schema=schema)
    def made(context):
        return context.op_config

    @dg.job
    def j():
        made()

    return j.execute_in_process(run_config={"ops": {"made": {"config": config}}}).output_for_node("made")


for label, schema, value in [
    ("int", int, 3),
    ("str", str, "x"),
    ("bool", bool, True),
    ("float", float, 1.5),
    ("float of int", float, 2),
    ("Int", dg.Int, 3),
    ("String", dg.String, "x"),
    ("Bool", dg.Bool, False),
    ("Float", dg.Float, 0.5),
    ("Any", dg.Any, {"a": [1]}),
    ("any of none", dg.Any, None),
    ("scalar union", dg.ScalarUnion(int, {"a": str}), 3),
    ("scalar union dict", dg.ScalarUnion(int, {"a": str}), {"a": "x"}),
]:
    see(label, run(schema, value))
for label, schema, value in [
    ("text for int", int, "3"),
    ("int for str", str, 3),
    ("float for int", int, 1.0),
    ("bool for int", int, True),
    ("int for bool", bool, 1),
    ("none for int", int, None),
    ("dict for int", int, {}),
    ("bool for float", float, True),
    ("other union", dg.ScalarUnion(int, {"a": str}), "x"),
]:
    with fails(label):
        see(f"value of {label}", run(schema, value))
