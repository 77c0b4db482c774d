import dagster as dg
from observe import fails, see

# instance_for_test gives an instance that is gone afterwards.


@dg.asset
def a():
    return 1


with dg.instance_for_test() as instance:
    dg.materialize([a], instance=instance)
    see("recorded", instance.has_asset_key(dg.AssetKey("a")))
    see("class", isinstance(instance, dg.DagsterInstance))
    see("ephemeral", instance.is_ephemeral)
    see("current", dg.DagsterInstance.get().has_asset_key(dg.AssetKey("a")))
with fails("without a home"):
    dg.DagsterInstance.get()
