import dagster as dg
from observe import ran

# Metadata of the last op goes to the materialization.


@dg.op
def one():
    return dg.Output(1, metadata={"from": "one"})


@dg.op
def last(context, x):
    context.add_output_metadata({"added": 2})
    return dg.Output(x, metadata={"from": "last"}, tags={"k": "v"})


@dg.graph_asset
def made():
    return last(one())


ran("run", dg.materialize([made]))
