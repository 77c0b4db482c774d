import dagster as dg
from observe import see

# A graph with out= returns a dict, or a tuple.


@dg.op
def one():
    return 1


@dg.op
def two():
    return 2


@dg.graph(out={"a": dg.GraphOut(description="first"), "b": dg.GraphOut()})
def by_name():
    return {"b": two(), "a": one()}


@dg.graph(out={"a": dg.GraphOut(), "b": dg.GraphOut()})
def by_position():
    return one(), two()


for g in (by_name, by_position):
    result = g.execute_in_process()
    see(f"{g.name} a", result.output_value("a"))
    see(f"{g.name} b", result.output_value("b"))
see("description", by_name.output_defs[0].description)
