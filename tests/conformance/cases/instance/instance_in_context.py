import dagster as dg
from observe import see

# An op and an asset see the instance.


@dg.op
def counts(context):
    return context.instance.get_runs_count()


@dg.job
def j():
    counts()


@dg.asset
def previous(context: dg.AssetExecutionContext):
    event = context.instance.get_latest_materialization_event(context.asset_key)
    before = event.asset_materialization.metadata["count"].value if event else 0
    return dg.MaterializeResult(metadata={"count": before + 1})


with dg.DagsterInstance.ephemeral() as instance:
    see("runs", j.execute_in_process(instance=instance).output_for_node("counts"))
    dg.materialize([previous], instance=instance)
    dg.materialize([previous], instance=instance)
    see("count", instance.get_latest_materialization_event(previous.key).asset_materialization.metadata["count"])
