import dagster as dg
from observe import fails, see

import os

# IntSource, StringSource and BoolSource read the environment.

DIFFERS = {
    "EnvVar for int": "Dagster fails while it makes the message",
}


def run(schema, config):
    @dg.op(config_schema=schema)
    def made(context):
        return context.op_config

    @dg.job
    def j():
        made()

    return j.execute_in_process(run_config={"ops": {"made": {"config": config}}}).output_for_node("made")


os.environ.update({"A_NUMBER": "5", "A_TEXT": "hello", "A_FLAG": "True", "A_ZERO": "0"})
see("int", run(dg.IntSource, 3))
see("int from env", run(dg.IntSource, {"env": "A_NUMBER"}))
see("text", run(dg.StringSource, "x"))
see("text from env", run(dg.StringSource, {"env": "A_TEXT"}))
see("flag", run(dg.BoolSource, True))
see("flag from env", run(dg.BoolSource, {"env": "A_FLAG"}))
with fails("zero as a flag"):
    see("zero from env", run(dg.BoolSource, {"env": "A_ZERO"}))
see(
    "in a dict", run({"n": dg.IntSource, "t": dg.Field(dg.StringSource, default_value="d")}, {"n": {"env": "A_NUMBER"}})
)
for label, schema, config in [
    ("missing variable", dg.StringSource, {"env": "NO_SUCH"}),
    ("not a number", dg.IntSource, {"env": "A_TEXT"}),
    ("wrong type", dg.IntSource, "5"),
    ("int for text", dg.StringSource, 5),
    ("env for plain str", str, {"env": "A_TEXT"}),
    ("other key", dg.StringSource, {"enf": "A_TEXT"}),
]:
    with fails(label):
        see(f"value of {label}", run(schema, config))
with fails("EnvVar in a dict"):
    see("EnvVar", run(dg.StringSource, dg.EnvVar("A_TEXT")))
with fails("EnvVar for int"):
    see("EnvVar int", run(dg.IntSource, dg.EnvVar.int("A_NUMBER")))
