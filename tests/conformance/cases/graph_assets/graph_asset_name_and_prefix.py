import dagster as dg
from observe import fails, ran, see

# Name, key_prefix and key of a graph_asset.


@dg.op
def one():
    return 1


@dg.graph_asset(name="named", key_prefix=["a", "b"])
def f():
    return one()


@dg.graph_asset(key=["x", "y"])
def g():
    return one()


see("prefix", f.key)
see("key", g.key)
see("node", f.node_def.name)
see("node of key", g.node_def.name)
ran("run", dg.materialize([f, g]))
with fails("name and key"):

    @dg.graph_asset(name="n", key="k")
    def h():
        return one()
