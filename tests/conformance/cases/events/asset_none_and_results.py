import dagster as dg
from observe import ran

# Which ways of returning store a value and which events they make.


@dg.asset
def plain():
    return 1


@dg.asset
def none() -> None:
    pass


@dg.asset
def unannotated_none():
    pass


@dg.asset
def a_result():
    return dg.MaterializeResult(metadata={"n": 1})


@dg.asset
def result_with_value():
    return dg.MaterializeResult(value=5)


@dg.asset
def an_output():
    return dg.Output(1, metadata={"n": 1})


@dg.asset
def yielded():
    yield dg.Output(1)


@dg.asset
def yielded_result():
    yield dg.MaterializeResult()


ran(
    "run",
    dg.materialize([plain, none, unannotated_none, a_result, result_with_value, an_output, yielded, yielded_result]),
)
