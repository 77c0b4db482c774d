import dagster as dg
from observe import fails

# execute_job needs a reconstructable job and an instance.


@dg.op
def one():
    return 1


@dg.job
def j():
    one()


with dg.DagsterInstance.ephemeral() as instance:
    with fails("the job itself"):
        dg.execute_job(j, instance=instance)

with fails("reconstructable of a job not at module level"):

    def make():
        @dg.job
        def inside():
            one()

        return inside

    dg.reconstructable(make())
