import dagster as dg
from observe import ran, see

# The outputs of a nested graph are used by name and by position.


@dg.op
def one():
    return 1


@dg.op
def two():
    return 2


@dg.op
def show(x):
    return x


@dg.graph(out={"a": dg.GraphOut(), "b": dg.GraphOut()})
def pair():
    return {"b": two(), "a": one()}


@dg.job
def j():
    a, b = pair()
    show.alias("sa")(a)
    again = pair.alias("again")()
    show.alias("sb")(again.b)


result = j.execute_in_process()
see("sa", result.output_for_node("sa"))
see("sb", result.output_for_node("sb"))
see("graph node b", result.output_for_node("pair", "b"))
ran("run", result)
