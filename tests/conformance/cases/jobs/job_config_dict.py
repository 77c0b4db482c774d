import dagster as dg
from observe import fails, see

# A job with config: the run needs none.


@dg.op(config_schema={"n": int})
def emit(context):
    return context.op_config["n"]


@dg.job(config={"ops": {"emit": {"config": {"n": 3}}}})
def j():
    emit()


see("value", j.execute_in_process().output_for_node("emit"))
see("replaced", j.execute_in_process(run_config={"ops": {"emit": {"config": {"n": 5}}}}).output_for_node("emit"))
with fails("wrong default config"):

    @dg.job(config={"ops": {"emit": {"config": {"n": "x"}}}})
    def k():
        emit()

    k.execute_in_process()
