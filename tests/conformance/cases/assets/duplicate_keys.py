import dagster as dg
from observe import fails, see

# Two definitions of one key: when it is found.


@dg.asset(name="same")
def a(): ...


@dg.asset(name="same")
def b(): ...


with fails("definitions"):
    dg.Definitions(assets=[a, b])
with fails("validate"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, b]))
with fails("materialize"):
    dg.materialize([a, b])
with fails("the same object twice"):
    see("success", dg.materialize([a, a]).success)
with fails("the same object twice in definitions"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, a]))
with fails("spec and asset"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, dg.AssetSpec("same")]))
with fails("two specs"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[dg.AssetSpec("s"), dg.AssetSpec("s")]))
