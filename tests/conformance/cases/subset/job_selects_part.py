import dagster as dg
from observe import ran, see

# An asset job that selects a part of a subsettable multi-asset.


@dg.multi_asset(outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(is_required=False)}, can_subset=True)
def both(context):
    for name in sorted(context.selected_output_names):
        yield dg.Output(name, name)


@dg.asset
def down(a):
    return a * 2


job = dg.define_asset_job("j", selection=["a", "down"])
defs = dg.Definitions(assets=[both, down], jobs=[job])
result = defs.resolve_job_def("j").execute_in_process()
ran("run", result)
see("value", result.asset_value("down"))
ran("narrowed", defs.resolve_job_def("j").execute_in_process(asset_selection=[dg.AssetKey("a")]))
