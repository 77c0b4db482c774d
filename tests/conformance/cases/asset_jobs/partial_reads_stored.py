import dagster as dg
from observe import ran, see

# A job for a part reads stored values of what it leaves out.


@dg.asset
def a():
    return 5


@dg.asset
def b(a):
    return a * 2


jobs = [dg.define_asset_job("whole"), dg.define_asset_job("part", selection=["b"])]
defs = dg.Definitions(assets=[a, b], jobs=jobs, resources={"io_manager": dg.FilesystemIOManager(base_dir="kept")})
ran("before", defs.resolve_job_def("part").execute_in_process(raise_on_error=False))
defs.resolve_job_def("whole").execute_in_process()
result = defs.resolve_job_def("part").execute_in_process()
ran("after", result)
see("value", result.output_for_node("b"))
