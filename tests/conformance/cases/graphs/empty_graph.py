import dagster as dg
from observe import fails, ran, see

# A graph without nodes.

with fails("graph"):

    @dg.graph
    def g():
        pass

    see("nodes", list(g.node_dict))
    with fails("run"):
        ran("empty run", g.execute_in_process())
