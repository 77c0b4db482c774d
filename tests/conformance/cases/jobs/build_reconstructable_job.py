import dagster as dg
from observe import ran, see

# build_reconstructable_job names a factory and its arguments.


@dg.op
def one():
    return 1


def rebuild(name, tags=None):
    @dg.job(name=name, tags=tags, executor_def=dg.in_process_executor)
    def made():
        one()

    return made


recon = dg.build_reconstructable_job(__name__, "rebuild", ("named",), {"tags": {"a": "b"}})
see("name", recon.get_definition().name)
see("tags", recon.get_definition().tags)
with dg.instance_for_test() as instance:
    with dg.execute_job(recon, instance=instance) as result:
        ran("run", result)
