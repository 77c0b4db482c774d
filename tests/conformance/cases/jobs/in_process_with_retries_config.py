import dagster as dg
from observe import fails, see

# Config of the in-process executor in run config.


@dg.op
def one():
    return 1


@dg.job(executor_def=dg.in_process_executor)
def j():
    one()


see("enabled", j.execute_in_process(run_config={"execution": {"config": {"retries": {"enabled": {}}}}}).success)
with fails("unknown field"):
    dg.validate_run_config(j, {"execution": {"config": {"nope": 1}}})
