import dagster as dg
from observe import fails, ran

# A value from an asset annotated to have none.


@dg.asset
def liar() -> None:
    return 3


ran("run", dg.materialize([liar], raise_on_error=False))
with fails("raised"):
    dg.materialize([liar])
