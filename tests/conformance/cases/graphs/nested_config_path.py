import dagster as dg
from observe import fails, see

# Config of ops in nested graphs goes along the path.


@dg.op(config_schema=int)
def emit(context):
    return context.op_config


@dg.graph
def inner():
    return emit()


@dg.graph
def outer():
    return inner()


@dg.job
def j():
    outer()


see(
    "value",
    j.execute_in_process(
        run_config={"ops": {"outer": {"ops": {"inner": {"ops": {"emit": {"config": 3}}}}}}}
    ).output_for_node("outer"),
)
with fails("short path"):
    j.execute_in_process(run_config={"ops": {"emit": {"config": 3}}})
with fails("none"):
    j.execute_in_process()
