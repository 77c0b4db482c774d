import dagster as dg
from observe import fails, ran

# Reading the value of an asset that stored none.


@dg.asset
def void() -> None: ...


@dg.asset
def described():
    return dg.MaterializeResult(metadata={"n": 1})


@dg.asset
def read_void(void): ...


@dg.asset
def read_described(described): ...


ran("void", dg.materialize([void, read_void], raise_on_error=False))
ran("described", dg.materialize([described, read_described], raise_on_error=False))
with fails("raised"):
    dg.materialize([void, read_void])
