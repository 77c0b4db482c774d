import dagster as dg
from observe import see

# What the instance keeps of a failed run.


@dg.op
def bad():
    raise ValueError("the message")


@dg.job
def j():
    bad()


with dg.DagsterInstance.ephemeral() as instance:
    result = j.execute_in_process(instance=instance, raise_on_error=False)
    failures = instance.all_logs(result.run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    see("steps", [e.step_key for e in failures])
    error = failures[0].dagster_event.step_failure_data.error
    see("cause", [error.cause.cls_name, error.cause.message])
    stats = instance.get_run_stats(result.run_id)
    see("stats", [stats.steps_succeeded, stats.steps_failed, stats.materializations])
    steps_stats = instance.get_run_step_stats(result.run_id)
    see("step stats", [[s.step_key, s.status.value, s.attempts] for s in steps_stats])
