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
def result():
    return dg.MaterializeResult(metadata={"n": 1})


@dg.asset
def result_with_value():
    return dg.MaterializeResult(value=5)


@dg.asset
def output():
    return dg.Output(1, metadata={"n": 1})


@dg.asset
def yielded():
    yield dg.Output(1)


@dg.asset
def yielded_result():
    yield dg.MaterializeResult()


ran("run", dg.materialize([plain, none, unannotated_none, result, result_with_value, output, yielded, yielded_result]))
