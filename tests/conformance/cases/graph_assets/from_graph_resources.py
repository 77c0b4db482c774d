import dagster as dg
from observe import fails, see

# resource_defs of from_graph and from_op.


@dg.op(required_resource_keys={"r"})
def use(context):
    return context.resources.r


made = dg.AssetsDefinition.from_op(use)
see("given", dg.materialize([made], resources={"r": 3}).asset_value("use"))
with fails("missing"):
    dg.materialize([made])
