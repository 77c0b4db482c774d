import dagster as dg
from observe import fails, ran

# Types of outs are checked.


@dg.multi_asset(outs={"a": dg.AssetOut(dagster_type=int), "b": dg.AssetOut(dagster_type=str)})
def typed():
    yield dg.Output(1, "a")
    yield dg.Output(2, "b")


@dg.multi_asset(outs={"c": dg.AssetOut(), "d": dg.AssetOut()})
def annotated() -> tuple[int, str]:
    return 1, 2


@dg.multi_asset(outs={"e": dg.AssetOut(), "f": dg.AssetOut(dagster_type=dg.Nothing)})
def without_value():
    yield dg.Output(1, "e")
    yield dg.Output(None, "f")


ran("typed", dg.materialize([typed], raise_on_error=False))
ran("annotated", dg.materialize([annotated], raise_on_error=False))
ran("nothing", dg.materialize([without_value], raise_on_error=False))
with fails("wrong length annotation"):

    @dg.multi_asset(outs={"g": dg.AssetOut(), "h": dg.AssetOut()})
    def short() -> tuple[int]: ...


with fails("not a tuple annotation"):

    @dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
    def single() -> int: ...
