import dagster as dg
from observe import see

# An executor of the job; execute_in_process keeps its own.


@dg.op
def one():
    return 1


@dg.job(executor_def=dg.in_process_executor)
def j():
    one()


@dg.job(executor_def=dg.multiprocess_executor)
def k():
    one()


see("in process", j.executor_def.name)
see("multiprocess", k.executor_def.name)
see("runs in process", k.execute_in_process().success)


@dg.job
def m():
    one()


see("default", m.executor_def.name)
see("configured", dg.multiprocess_executor.configured({"max_concurrent": 2}, name="two").name)
