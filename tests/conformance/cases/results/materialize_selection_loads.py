import dagster as dg
from observe import ran, see

# An unselected upstream is loaded from an earlier run with the same instance.


@dg.asset
def a():
    return 5


@dg.asset
def b(a):
    return a + 1


with dg.instance_for_test() as instance:
    dg.materialize([a, b], instance=instance, selection=["a"])
    result = dg.materialize([a, b], instance=instance, selection=["b"])
    ran("run", result)
    see("value", result.asset_value("b"))
