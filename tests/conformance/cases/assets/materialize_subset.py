import dagster as dg
from observe import fails, ran, see

# A selection reads what an earlier run stored, if the instance keeps it.


@dg.asset
def a():
    return 4


@dg.asset
def b(a):
    return a + 1


with dg.DagsterInstance.local_temp() as instance:
    ran("first", dg.materialize([a], instance=instance))
    result = dg.materialize([a, b], selection=["b"], instance=instance)
    ran("second", result)
    see("value", result.output_for_node("b"))
ran("without instance", dg.materialize([a, b], selection=["b"], raise_on_error=False))
with fails("raised"):
    dg.materialize([a, b], selection=["b"])
