import dagster as dg
from observe import fails, ran

# A parameter that names no asset is an error at load, a dependency is not.


@dg.asset
def reader(nowhere): ...


@dg.asset(deps=["nowhere"])
def follower() -> None: ...


with fails("definitions with parameter"):
    dg.Definitions(assets=[reader])
with fails("validate with parameter"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[reader]))
with fails("materialize with parameter"):
    dg.materialize([reader])
with fails("validate with deps"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[follower]))
ran("materialize with deps", dg.materialize([follower]))
