import dagster as dg
from observe import fails, ran, see

# Part of a multi-asset that cannot be subset.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def whole(): ...


with fails("materialize"):
    dg.materialize([whole], selection=["a"])
ran("all", dg.materialize([whole], selection=["a", "b"]))
job = dg.define_asset_job("part", selection=["a"])
with fails("job"):
    dg.Definitions(assets=[whole], jobs=[job]).resolve_job_def("part")
with fails("neighbours"):
    keys = dg.AssetSelection.assets("a").required_multi_asset_neighbors().resolve([whole])
    see("required neighbours", keys)
