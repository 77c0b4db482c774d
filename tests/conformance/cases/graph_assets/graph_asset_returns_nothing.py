import dagster as dg
from observe import fails

# A graph_asset whose body returns nothing or several.

DIFFERS = {
    "a dict": "one asset has no name to say in a dict",
    "several outputs of one op": "one asset is one output: Dagster takes the first and drops the others",
}


@dg.op
def one():
    return 1


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


with fails("nothing"):

    @dg.graph_asset
    def f():
        one()


with fails("a tuple"):

    @dg.graph_asset
    def g():
        return one(), one()


with fails("several outputs of one op"):

    @dg.graph_asset
    def h():
        return pair()


with fails("a literal"):

    @dg.graph_asset
    def i():
        return 5


with fails("a dict"):

    @dg.graph_asset
    def k():
        return {"result": one()}
