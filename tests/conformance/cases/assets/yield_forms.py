import dagster as dg
from observe import ran

# What an asset may yield.


@dg.asset
def one_output():
    yield dg.Output(1, metadata={"a": 1})


@dg.asset
def one_result():
    yield dg.MaterializeResult(metadata={"a": 1})


@dg.asset
def with_value():
    yield dg.MaterializeResult(value=4)


@dg.asset
def plain_value():
    yield 1


@dg.asset
def nothing_yielded():
    if False:
        yield 1


@dg.asset
def twice():
    yield dg.Output(1)
    yield dg.Output(2)


@dg.asset
def with_materialization():
    yield dg.AssetMaterialization("elsewhere", metadata={"b": 2})
    yield dg.Output(1)


@dg.asset
def with_observation():
    yield dg.AssetObservation("elsewhere", metadata={"b": 2})
    yield dg.Output(1)


@dg.asset
def with_return():
    yield dg.Output(1)
    return 5


for made in (
    one_output,
    one_result,
    with_value,
    plain_value,
    nothing_yielded,
    twice,
    with_materialization,
    with_observation,
    with_return,
):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
