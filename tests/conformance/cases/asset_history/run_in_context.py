import dagster as dg
from observe import see

# The instance and the run seen from an asset.

DIFFERS = {
    "value": "Dagster never says of a run in this process that it has started",
}


@dg.asset
def a() -> None: ...


@dg.asset(deps=[a])
def b(context: dg.AssetExecutionContext):
    event = context.instance.get_latest_materialization_event(dg.AssetKey("a"))
    return [event is not None, event.run_id == context.run_id, context.run.status.value, type(context.run).__name__]


see("value", dg.materialize([a, b]).output_for_node("b"))
