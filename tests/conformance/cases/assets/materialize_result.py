import dagster as dg
from observe import ran, see

# MaterializeResult says what was made, and stores nothing without a value.


@dg.asset
def told():
    return dg.MaterializeResult(metadata={"rows": 3}, tags={"who": "me"}, data_version=dg.DataVersion("v9"))


@dg.asset
def stored():
    return dg.MaterializeResult(value=5, metadata={"rows": 3})


@dg.asset
def reader(stored):
    return stored * 2


@dg.asset
def annotated() -> dg.MaterializeResult:
    return dg.MaterializeResult()


@dg.asset
def annotated_typed() -> dg.MaterializeResult[int]:
    return dg.MaterializeResult(value="x")


ran("told", dg.materialize([told]))
result = dg.materialize([stored, reader])
ran("stored", result)
see("read", result.output_for_node("reader"))
ran("annotated", dg.materialize([annotated]))
ran("annotated typed", dg.materialize([annotated_typed], raise_on_error=False))
