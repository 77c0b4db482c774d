import dagster as dg
from observe import fails, see


# Values stored by one run are loaded with load_asset_value of Definitions.


@dg.asset
def a():
    return {"n": 1}


@dg.asset(io_manager_key="other")
def b():
    return 2


class Fixed(dg.IOManager):
    def handle_output(self, context, obj):
        pass

    def load_input(self, context):
        return 99


defs = dg.Definitions(assets=[a, b], resources={"other": Fixed()})
with dg.instance_for_test() as instance:
    defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=instance)
    see("a", defs.load_asset_value("a", instance=instance))
    see("b", defs.load_asset_value(dg.AssetKey("b"), instance=instance))
    with defs.get_asset_value_loader(instance=instance) as loader:
        see("loader", isinstance(loader, dg.AssetValueLoader))
        see("by loader", loader.load_asset_value(dg.AssetKey("a")))
    with fails("unknown"):
        defs.load_asset_value("nope", instance=instance)
