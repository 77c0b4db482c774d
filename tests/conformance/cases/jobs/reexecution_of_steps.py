import dagster as dg
from observe import fails, ran

# ReexecutionOptions with a selection of steps.


@dg.op
def a():
    return 1


@dg.op
def b(x):
    return x + 1


@dg.job(executor_def=dg.in_process_executor)
def j():
    b(a())


with dg.instance_for_test() as instance:
    with dg.execute_job(dg.reconstructable(j), instance=instance) as first:
        pass
    options = dg.ReexecutionOptions(parent_run_id=first.run_id, step_selection=["b"])
    with dg.execute_job(dg.reconstructable(j), instance=instance, reexecution_options=options) as again:
        ran("again", again)
    with fails("unknown step"):
        options = dg.ReexecutionOptions(parent_run_id=first.run_id, step_selection=["nope"])
        dg.execute_job(dg.reconstructable(j), instance=instance, reexecution_options=options).__enter__()
