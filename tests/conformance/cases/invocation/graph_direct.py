import dagster as dg
from observe import fails

# Graph-backed assets cannot be called.


@dg.op
def one():
    return 1


@dg.graph_asset
def made():
    return one()


with fails("graph asset"):
    made()
