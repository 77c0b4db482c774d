import dagster as dg
from observe import fails, see

# What an unresolved job can and cannot do.

DIFFERS = {
    "bad name": "a bad name is found where it is written",
}


@dg.asset
def a(): ...


job = dg.define_asset_job("j", selection=[a])
see("class", type(job).__name__)
see("name", job.name)
see("selection", str(job.selection))
with fails("execute"):
    job.execute_in_process()
with fails("called"):
    job()
with fails("bad name"):
    dg.define_asset_job("a b")
with fails("bad name at load"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a], jobs=[dg.define_asset_job("a b")]))
with fails("no name"):
    dg.define_asset_job()
with fails("number as selection"):
    dg.define_asset_job("j", selection=3)
