import dagster as dg
from observe import fails, see

# Config of a graph with a mapping.


@dg.op(config_schema={"n": int})
def made(context):
    return context.op_config["n"]


@dg.graph(
    config=dg.ConfigMapping(config_schema={"x": int}, config_fn=lambda c: {"made": {"config": {"n": c["x"] + 1}}})
)
def inner():
    return made()


@dg.job
def outer():
    inner()


see("value", outer.execute_in_process(run_config={"ops": {"inner": {"config": {"x": 4}}}}).output_for_node("inner"))
with fails("inner config"):
    outer.execute_in_process(run_config={"ops": {"inner": {"ops": {"made": {"config": {"n": 1}}}}}})
with fails("missing"):
    outer.execute_in_process()
