import dagster as dg
from observe import ran

# A plain value where the annotation says MaterializeResult.


@dg.asset
def plain() -> dg.MaterializeResult:
    return 5


@dg.asset
def nothing() -> dg.MaterializeResult: ...


@dg.asset
def reader(plain):
    return plain


ran("plain", dg.materialize([plain, reader], raise_on_error=False))
ran("nothing", dg.materialize([nothing], raise_on_error=False))
