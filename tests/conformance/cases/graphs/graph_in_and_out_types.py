import dagster as dg
from observe import fails, see

# ins and out of a graph carry descriptions; annotations of a graph.


@dg.op
def show(x: int) -> int:
    return x


@dg.graph(ins={"x": dg.GraphIn(description="in")}, out=dg.GraphOut(description="out"))
def g(x):
    return show(x)


see("in", g.input_defs[0].description)
see("out", g.output_defs[0].description)
see("in type", g.input_dict["x"].dagster_type.display_name)
see("out type", g.output_dict["result"].dagster_type.display_name)
see("node name", g.node_dict["show"].name)
with fails("unknown in"):

    @dg.graph(ins={"nope": dg.GraphIn()})
    def h(x):
        return show(x)
