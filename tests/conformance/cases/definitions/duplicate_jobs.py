import dagster as dg
from observe import fails

# Two jobs of one name, the same job twice.

DIFFERS = {
    "job named as an asset": "names of jobs and names of assets are apart",
}


@dg.op
def one(): ...


@dg.op
def two(): ...


@dg.job(name="same")
def a():
    one()


@dg.job(name="same")
def b():
    two()


with fails("two"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[a, b]))
with fails("same object"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[a, a]))
with fails("asset jobs"):
    dg.Definitions.validate_loadable(
        dg.Definitions(jobs=[dg.define_asset_job("x"), dg.define_asset_job("x", selection="*")])
    )
with fails("asset job and op job"):
    dg.Definitions.validate_loadable(dg.Definitions(jobs=[a, dg.define_asset_job("same")]))


@dg.asset
def same(): ...


with fails("job named as an asset"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[same], jobs=[a]))
