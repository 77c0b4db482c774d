import dagster as dg
from observe import fails, ran


@dg.asset
def twice():
    yield dg.Output(1)
    yield dg.Output(2)


@dg.asset
def none_yielded():
    if False:
        yield dg.Output(1)


@dg.asset
def strange():
    yield 5


@dg.asset
def wrong_type() -> int:
    return "x"


@dg.asset
def out_name():
    yield dg.Output(1, output_name="other")


@dg.asset
def mr_key():
    return dg.MaterializeResult(asset_key="somebody")


@dg.asset
def tuple_back() -> tuple:
    return 1, 2


@dg.asset(output_required=False)
def skipped():
    if False:
        yield dg.Output(1)


@dg.asset(deps=[skipped])
def after_skipped():
    return 1


for a in [twice, none_yielded, strange, wrong_type, out_name, mr_key, tuple_back, skipped]:
    ran(a.op.name, dg.materialize([a], raise_on_error=False))
    with fails("raise " + a.op.name):
        dg.materialize([a])
ran("skip", dg.materialize([skipped, after_skipped]))
