import dagster as dg
from observe import fails

# outs and returns that disagree.


@dg.op
def one():
    return 1


with fails("too few in dict"):

    @dg.graph_multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
    def f():
        return {"a": one()}


with fails("unknown in dict"):

    @dg.graph_multi_asset(outs={"a": dg.AssetOut()})
    def g():
        return {"z": one()}


with fails("one handle for two"):

    @dg.graph_multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
    def h():
        return one()


with fails("no outs"):

    @dg.graph_multi_asset(outs={})
    def i():
        one()
