import dagster as dg
from observe import fails, see

# with_hooks, tag and configured on a graph; node properties.


@dg.op(config_schema={"n": int})
def emit(context):
    return context.op_config["n"]


@dg.graph
def g():
    return emit()


job = g.to_job(config={"ops": {"emit": {"config": {"n": 3}}}})
see("value", job.execute_in_process().output_value())
with fails("config given twice"):
    see("override", job.execute_in_process(run_config={"ops": {"emit": {"config": {"n": 4}}}}).output_value())
see("has config mapping", g.has_config_mapping)
