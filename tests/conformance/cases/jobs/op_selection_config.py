import dagster as dg
from observe import fails, ran

# Config for an op that is not selected is ignored.


@dg.op(config_schema=int)
def a(context):
    return context.op_config


@dg.op(config_schema=int)
def b(context):
    return context.op_config


@dg.job
def j():
    a()
    b()


config = {"ops": {"a": {"config": 1}, "b": {"config": 2}}}
with fails("both given"):
    ran("run", j.execute_in_process(run_config=config, op_selection=["a"]))
with fails("only the selected given"):
    ran("other run", j.execute_in_process(run_config={"ops": {"a": {"config": 1}}}, op_selection=["a"]))
