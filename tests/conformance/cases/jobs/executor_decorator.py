import dagster as dg
from observe import see

NOT_YET = "executors of one's own come with the issue on execution"

# An executor of one's own.


@dg.executor(
    name="mine",
    config_schema={"n": dg.Field(int, default_value=1)},
    requirements=dg.multiple_process_executor_requirements(),
)
def mine(context: dg.InitExecutorContext):
    raise AssertionError


@dg.op
def one():
    return 1


@dg.job(executor_def=mine)
def j():
    one()


see("type", isinstance(mine, dg.ExecutorDefinition))
see("name", mine.name)
see("job", j.executor_def.name)
see("in process anyway", j.execute_in_process().success)
see("configured", mine.configured({"n": 4}, name="four").name)
see("requirement", dg.ExecutorRequirement.RECONSTRUCTABLE_JOB.value)
