import dagster as dg
from observe import fails, see

# The resources of the ops are the resources of the asset.


@dg.op(required_resource_keys={"r"})
def use(context):
    return context.resources.r


@dg.graph_asset
def made():
    return use()


@dg.graph_asset(resource_defs={"r": dg.ResourceDefinition.hardcoded_resource(7)})
def own():
    return use()


see("keys", made.required_resource_keys)
see("given", dg.materialize([made], resources={"r": 5}).asset_value("made"))
see("own", dg.materialize([own]).asset_value("own"))
with fails("missing"):
    dg.materialize([made])
