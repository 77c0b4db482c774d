import dagster as dg
from observe import ran, see

# One op twice: named by suffix, unless an alias is given.


@dg.op
def one():
    return 1


@dg.job
def j():
    one()
    one()
    one()
    one.alias("mine")()


result = j.execute_in_process()
ran("run", result)
see("nodes", sorted(j.graph.node_dict))
