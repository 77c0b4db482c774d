import dagster as dg
from observe import fails, ran, see

# Values kept in memory carry no path.


@dg.asset
def a():
    return 1


@dg.asset(io_manager_key="other")
def b(a):
    return a + 1


result = dg.materialize_to_memory([a])
ran("run", result)
see("value", result.asset_value("a"))
with fails("missing key"):
    dg.materialize_to_memory([a, b])
with fails("own manager"):
    see("with other", dg.materialize_to_memory([a, b], resources={"other": dg.mem_io_manager}).asset_value("b"))
with fails("resource"):
    see("with own default", dg.materialize_to_memory([a], resources={"io_manager": dg.fs_io_manager}).success)
