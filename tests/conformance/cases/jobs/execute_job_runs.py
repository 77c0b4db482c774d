import dagster as dg
from observe import fails, ran, see

# execute_job with a reconstructable job runs like the command line.


@dg.op
def one():
    return 1


@dg.op
def bad():
    raise ValueError("no")


@dg.job(executor_def=dg.in_process_executor)
def j():
    one()


@dg.job(executor_def=dg.in_process_executor)
def failing():
    bad()


with dg.instance_for_test() as instance:
    with dg.execute_job(dg.reconstructable(j), instance=instance) as result:
        ran("run", result)
        see("value", result.output_for_node("one"))
    see("status", instance.get_run_by_id(result.run_id).status)
    with dg.execute_job(dg.reconstructable(failing), instance=instance) as result:
        ran("failing run", result)
    with fails("raise on error"):
        dg.execute_job(dg.reconstructable(failing), instance=instance, raise_on_error=True)
