import dagster as dg
from observe import see

# The errors of runs that are not there, caught by their public names.


@dg.op
def one():
    return 1


@dg.job
def j():
    one()


with dg.instance_for_test() as instance:
    first = j.execute_in_process(instance=instance)
    see("no run", instance.get_run_by_id("nothing"))
    instance.delete_run(first.run_id)
    see("deleted", instance.get_run_by_id(first.run_id))


see(
    "no others' children",
    [
        issubclass(error, dg.DagsterError)
        for error in (
            dg.DagsterEventLogInvalidForRun,
            dg.DagsterSubprocessError,
            dg.DagsterRunNotFoundError,
            dg.DagsterExecutionStepNotFoundError,
        )
    ],
)
