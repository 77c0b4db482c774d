import dagster as dg
from observe import fails

# A job whose body returns a handle.


@dg.op
def one():
    return 1


with fails("definition"):

    @dg.job
    def j():
        return one()
