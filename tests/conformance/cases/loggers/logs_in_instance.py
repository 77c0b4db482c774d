import dagster as dg
from observe import see

# What context.log wrote is in the instance's event log.


@dg.op
def talks(context):
    context.log.info("one")
    context.log.error("two %d", 2)


@dg.job
def j():
    talks()


with dg.DagsterInstance.ephemeral() as instance:
    result = j.execute_in_process(instance=instance)
    logs = [entry for entry in instance.all_logs(result.run_id) if not entry.is_dagster_event]
    see("messages", [entry.user_message for entry in logs])
    see("levels", [entry.level for entry in logs])
    see("steps", [entry.step_key for entry in logs])
    see("jobs", [entry.job_name for entry in logs])
