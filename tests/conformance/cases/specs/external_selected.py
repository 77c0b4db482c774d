import dagster as dg
from observe import fails, ran

# Selecting an external asset to be materialized.


@dg.asset
def a(): ...


spec = dg.AssetSpec("ext")
with fails("alone"):
    result = dg.materialize([a, spec], selection=["ext"])
    ran("alone run", result)
with fails("both"):
    result = dg.materialize([a, spec], selection=["ext", "a"])
    ran("both run", result)
with fails("only specs"):
    result = dg.materialize([spec])
    ran("only specs run", result)
