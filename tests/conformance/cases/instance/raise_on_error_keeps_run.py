import dagster as dg
from observe import fails, see

# A run that raised is in the instance as failed.


@dg.asset
def bad():
    raise ValueError("no")


with dg.DagsterInstance.ephemeral() as instance:
    with fails("raises"):
        dg.materialize([bad], instance=instance)
    see("statuses", [r.status for r in instance.get_runs()])
    see("nothing materialized", instance.get_latest_materialization_event(bad.key))
