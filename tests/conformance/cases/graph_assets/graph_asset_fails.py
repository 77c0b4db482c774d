import dagster as dg
from observe import ran, see

# A step of a graph-backed asset fails.


@dg.op
def one():
    return 1


@dg.op
def bad(x):
    raise ValueError("no")


@dg.graph_asset
def made():
    return bad(one())


@dg.asset
def after(made):
    return 1


@dg.asset
def beside():
    return 1


result = dg.materialize([made, after, beside], raise_on_error=False)
ran("run", result)
see("failed", result.is_node_failed("made.bad"))
