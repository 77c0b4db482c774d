import dagster as dg
from observe import fails, see

# A config mapping with a Config class.


class Simple(dg.Config):
    n: int


@dg.op(config_schema={"a": int, "b": int})
def add(context):
    return context.op_config["a"] + context.op_config["b"]


@dg.config_mapping
def mapped(value: Simple) -> dict:
    return {"ops": {"add": {"config": {"a": value.n, "b": value.n}}}}


@dg.op
def one():
    return 1


@dg.job(config=mapped)
def j():
    add()


see("value", j.execute_in_process(run_config={"n": 4}).output_for_node("add"))
with fails("wrong"):
    j.execute_in_process(run_config={"n": "x"})
