import dagster as dg
from observe import fails, see

# Assets and ops tried with build_op_context.


@dg.asset(config_schema={"n": int}, required_resource_keys={"r"})
def a(context):
    return context.op_config["n"] + context.resources.r


see("op context", a(dg.build_op_context(op_config={"n": 3}, resources={"r": 4})))
see("asset context", a(dg.build_asset_context(asset_config={"n": 3}, resources={"r": 5})))
with fails("wrong config"):
    a(dg.build_op_context(op_config={"n": "x"}, resources={"r": 4}))
with fails("missing resource"):
    a(dg.build_op_context(op_config={"n": 3}))
with fails("missing config"):
    a(dg.build_op_context(resources={"r": 4}))
with dg.build_op_context(resources={"r": 1}) as context:
    see("entered", context.resources.r)
