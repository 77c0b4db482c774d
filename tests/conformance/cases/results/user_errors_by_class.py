import dagster as dg
from observe import fails, ran

# Which class catches what goes wrong in user code.


@dg.resource
def broken(context):
    raise ValueError("resource")


@dg.op(required_resource_keys={"broken"})
def uses(context):
    return 1


@dg.job(resource_defs={"broken": broken})
def resource_job():
    uses()


class BadStore(dg.IOManager):
    def handle_output(self, context, obj):
        raise KeyError("store")

    def load_input(self, context):
        raise KeyError("load")


@dg.op
def one():
    return 1


@dg.job(resource_defs={"io_manager": BadStore()})
def store_job():
    one()


for label, job in {"resource": resource_job, "store": store_job}.items():
    with fails(label):
        job.execute_in_process()
    with fails(label + " without raising"):
        ran(label + " run", job.execute_in_process(raise_on_error=False))
