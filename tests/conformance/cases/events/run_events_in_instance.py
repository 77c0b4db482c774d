import dagster as dg
from observe import see

# The events of the instance for a run, by kind.


@dg.asset
def a():
    return 1


with dg.DagsterInstance.ephemeral() as instance:
    result = dg.materialize([a], instance=instance)
    kinds = [e.dagster_event.event_type_value for e in instance.all_logs(result.run_id) if e.is_dagster_event]
    see("first", kinds[0])
    see("has", sorted({k for k in kinds if k.startswith(("STEP", "ASSET", "PIPELINE", "HANDLED"))}))
    found = instance.all_logs(result.run_id, of_type=dg.DagsterEventType.STEP_SUCCESS)
    see("of type", [e.dagster_event.step_key for e in found])
