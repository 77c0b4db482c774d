import dagster as dg
from observe import fails

# A hook whose resource nobody gives.


@dg.success_hook(required_resource_keys={"r"})
def needs(context):
    pass


@dg.op
def one():
    return 1


with fails("job"):

    @dg.job(hooks={needs})
    def j():
        one()

    with fails("run"):
        j.execute_in_process()
