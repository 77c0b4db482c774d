import dagster as dg
from observe import ran, see

# Values in memory live as long as the run.

DIFFERS = {
    "later": "a value that was never stored is said as such, not as a KeyError",
}


@dg.asset(io_manager_key="mem")
def a():
    return [1]


@dg.asset(io_manager_key="mem")
def b(a):
    a.append(2)
    return a


resources = {"mem": dg.mem_io_manager}
result = dg.materialize([a, b], resources=resources)
ran("run", result)
see("value", result.output_for_node("b"))
see("same object", result.output_for_node("a"))
ran("later", dg.materialize([a, b], resources=resources, selection=["b"], raise_on_error=False))
see("class", dg.materialize([a, b], resources={"mem": dg.InMemoryIOManager()}).success)
