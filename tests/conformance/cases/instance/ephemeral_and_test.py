import dagster as dg
from observe import fails, see

# Kinds of instances.

with dg.DagsterInstance.ephemeral() as first, dg.DagsterInstance.ephemeral() as second:
    see("ephemeral", first.is_ephemeral)
    see("separate", [first.get_runs_count(), second.get_runs_count()])
with dg.instance_for_test() as instance:
    see("for test", instance.is_ephemeral)
with fails("get without a home"):
    dg.DagsterInstance.get()
