import dagster as dg
from observe import fails, see

# Config goes by the alias.


@dg.op(config_schema=int)
def emit(context):
    return context.op_config


@dg.job
def j():
    emit.alias("a")()
    emit.alias("b")()


result = j.execute_in_process(run_config={"ops": {"a": {"config": 1}, "b": {"config": 2}}})
see("values", [result.output_for_node("a"), result.output_for_node("b")])
with fails("by the op's own name"):
    j.execute_in_process(run_config={"ops": {"emit": {"config": 1}}})
