import dagster as dg
from observe import fails, see

# A result of execute_job outside its context manager.

DIFFERS = {
    "value outside with": "values are there as long as the instance is",
    "value": "values are there as long as the instance is",
}


@dg.op
def one():
    return 1


@dg.job(executor_def=dg.in_process_executor)
def j():
    one()


with dg.instance_for_test() as instance:
    result = dg.execute_job(dg.reconstructable(j), instance=instance)
    see("type", isinstance(result, dg.JobExecutionResult))
    see("success", result.success)
    with fails("value outside with"):
        see("value", result.output_for_node("one"))
