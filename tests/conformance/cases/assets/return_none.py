import dagster as dg
from observe import ran, see

# None without an annotation is a value, with it there is none.


@dg.asset
def silent():
    return None


@dg.asset
def void() -> None: ...


@dg.asset
def reader(silent):
    return [silent]


result = dg.materialize([silent, void, reader])
ran("run", result)
see("read", result.output_for_node("reader"))
see("void", result.output_for_node("void"))
