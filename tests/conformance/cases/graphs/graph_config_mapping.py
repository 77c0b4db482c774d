import dagster as dg
from observe import fails, see

# ConfigMapping of a graph gives the config of its ops.


@dg.op(config_schema={"n": int})
def emit(context):
    return context.op_config["n"]


@dg.config_mapping(config_schema={"double_of": int})
def mapped(value):
    return {"emit": {"config": {"n": value["double_of"] * 2}}}


@dg.graph(config=mapped)
def g():
    return emit()


@dg.job
def j():
    g()


result = j.execute_in_process(run_config={"ops": {"g": {"config": {"double_of": 4}}}})
see("value", result.output_for_node("g"))
with fails("config of the op itself"):
    j.execute_in_process(run_config={"ops": {"g": {"ops": {"emit": {"config": {"n": 1}}}}}})
with fails("nothing"):
    j.execute_in_process()
