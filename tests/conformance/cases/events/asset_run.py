import dagster as dg
from observe import ran

# All events of a run of two assets.


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a + 1


ran("run", dg.materialize([a, b]))
