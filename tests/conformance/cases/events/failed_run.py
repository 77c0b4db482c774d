import dagster as dg
from observe import ran, see

# The events of a run with a failure and a dependent step.


@dg.asset
def bad():
    raise ValueError


@dg.asset
def after(bad):
    return 1


@dg.asset
def beside():
    return 1


result = dg.materialize([bad, after, beside], raise_on_error=False)
ran("run", result)
see("step failures", [e.step_key for e in result.get_step_failure_events()])
see("step successes", [e.step_key for e in result.get_step_success_events()])
see("step skips", [e.step_key for e in result.get_step_skipped_events()])
