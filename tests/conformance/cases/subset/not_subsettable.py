import dagster as dg
from observe import fails

# Selecting a part of a multi-asset that cannot be subset.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def both():
    yield dg.MaterializeResult(asset_key="a")
    yield dg.MaterializeResult(asset_key="b")


with fails("materialize"):
    dg.materialize([both], selection=["a"])
job = dg.define_asset_job("j", selection=["a"])
with fails("job"):
    dg.Definitions(assets=[both], jobs=[job]).resolve_job_def("j")
