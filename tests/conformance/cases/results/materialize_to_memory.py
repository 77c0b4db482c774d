import dagster as dg
from observe import fails, ran, see

# materialize_to_memory keeps values in memory only.


@dg.asset
def a():
    return 1


@dg.asset
def b(a):
    return a + 1


result = dg.materialize_to_memory([a, b])
ran("run", result)
see("value", result.asset_value("b"))
ran("selected", dg.materialize_to_memory([a, b], selection=["a"]))
with fails("io manager given"):
    dg.materialize_to_memory([a], resources={"io_manager": dg.mem_io_manager})
