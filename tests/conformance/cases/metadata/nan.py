import dagster as dg
from observe import ran

# Numbers that are none.


@dg.asset
def made():
    return dg.Output(1, metadata={"nan": float("nan"), "inf": float("inf")})


result = dg.materialize([made], raise_on_error=False)
ran("run", result)
