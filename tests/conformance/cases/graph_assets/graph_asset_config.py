import dagster as dg
from observe import fails, see

# Config of a graph_asset's ops, and config= of the graph_asset.


@dg.op(config_schema={"n": int})
def emit(context):
    return context.op_config["n"]


@dg.graph_asset
def plain():
    return emit()


@dg.graph_asset(config={"emit": {"config": {"n": 9}}})
def fixed():
    return emit()


see(
    "plain",
    dg.materialize([plain], run_config={"ops": {"plain": {"ops": {"emit": {"config": {"n": 4}}}}}}).asset_value(
        "plain"
    ),
)
see("fixed", dg.materialize([fixed]).asset_value("fixed"))
with fails("plain without"):
    dg.materialize([plain])
