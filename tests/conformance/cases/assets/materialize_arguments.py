import dagster as dg
from observe import fails, see

# Arguments of materialize.

DIFFERS = {
    "empty selection": "Dagster lets the TypeError of a reduction through",
}


@dg.asset(required_resource_keys={"r"})
def a(context):
    return [context.resources.r, context.get_tag("color")]


@dg.asset
def b(a):
    return a


result = dg.materialize([a, b], resources={"r": 3}, tags={"color": "red"})
see("values", result.output_for_node("b"))
with fails("empty selection"):
    dg.materialize([a, b], selection=[], resources={"r": 3})
with fails("unknown selection"):
    dg.materialize([a, b], selection=["c"], resources={"r": 3})
with fails("missing resource"):
    dg.materialize([a, b])
with fails("missing upstream"):
    dg.materialize([b])
with fails("no assets"):
    dg.materialize([])
with fails("not an asset"):
    dg.materialize([3])
with fails("nested list"):
    dg.materialize([[a, b]], resources={"r": 3})
see("object selection", dg.materialize([a, b], selection=[a], resources={"r": 3}, tags={"color": "x"}).success)
