import dagster as dg
from observe import ran, see

# Hooks of assets and of asset jobs.

seen = []


@dg.success_hook
def note(context):
    seen.append(context.op.name)


@dg.asset(hooks={note})
def a():
    return 1


@dg.asset
def b():
    return 1


ran("asset", dg.materialize([a, b]))
see("by asset", list(seen))
seen.clear()
job = dg.define_asset_job("j", hooks={note})
dg.Definitions(assets=[a, b], jobs=[job]).resolve_job_def("j").execute_in_process()
see("by job", sorted(seen))
