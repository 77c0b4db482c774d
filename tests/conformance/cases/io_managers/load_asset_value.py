import dagster as dg
from observe import fails, see


# Values loaded through Definitions and through an AssetValueLoader.


@dg.asset
def a():
    return 5


@dg.asset(metadata={"m": 1})
def b(a):
    return a + 1


defs = dg.Definitions(assets=[a, b], resources={"io_manager": dg.FilesystemIOManager(base_dir="kept")})
defs.resolve_implicit_global_asset_job_def().execute_in_process()
see("value", defs.load_asset_value("b"))
see("by key", defs.load_asset_value(dg.AssetKey("a")))
with fails("unknown"):
    defs.load_asset_value("nope")
with defs.get_asset_value_loader() as loader:
    see("loader", [type(loader).__name__, loader.load_asset_value("a"), loader.load_asset_value("b", python_type=int)])
with fails("not stored"):
    dg.Definitions(assets=[a, b], resources={"io_manager": dg.FilesystemIOManager(base_dir="empty")}).load_asset_value(
        "a"
    )
