import dagster as dg
from observe import fails, see

# The questions a failed result answers.


@dg.op
def one():
    return 1


@dg.op
def bad(x):
    raise ValueError("no")


@dg.job
def j():
    bad(one())


result = j.execute_in_process(raise_on_error=False)
see("success", result.success)
see("value before the failure", result.output_for_node("one"))
with fails("value of the failed"):
    result.output_for_node("bad")
see("failed", [result.is_node_failed("bad"), result.is_node_failed("one")])
see("status", result.dagster_run.status)
see("retry attempts", result.retry_attempts_for_node("bad"))
see("failed steps", [e.step_key for e in result.get_step_failure_events()])
