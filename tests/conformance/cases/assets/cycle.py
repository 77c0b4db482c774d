import dagster as dg
from observe import fails

# A cycle among assets is found when the definitions are resolved.

DIFFERS = {
    "validate": "Dagster lets the error of a library through, which has no public name",
    "materialize": "Dagster lets the error of a library through, which has no public name",
}


@dg.asset(deps=["b"])
def a(): ...


@dg.asset(deps=["a"])
def b(): ...


with fails("definitions"):
    defs = dg.Definitions(assets=[a, b])
with fails("validate"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, b]))
with fails("materialize"):
    dg.materialize([a, b])
