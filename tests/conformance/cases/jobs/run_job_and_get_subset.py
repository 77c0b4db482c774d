import dagster as dg
from observe import ran, see

# get_subset and the nodes of a job.


@dg.op
def a():
    return 1


@dg.op
def b(x):
    return x


@dg.job
def j():
    b(a())


part = j.get_subset(op_selection=["a"])
see("nodes", sorted(part.graph.node_dict))
ran("run", part.execute_in_process())
see("all nodes", [n.name for n in j.nodes_in_topological_order])
see("all defs", sorted(d.name for d in j.all_node_defs))
