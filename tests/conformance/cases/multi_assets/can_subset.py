import dagster as dg
from observe import ran, see

# A multi-asset that can make part of its assets is told which.


@dg.multi_asset(outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(is_required=False)}, can_subset=True)
def pick(context):
    see(f"selected outputs {len(context.selected_output_names)}", context.selected_output_names)
    see(f"selected keys {len(context.selected_asset_keys)}", context.selected_asset_keys)
    see(f"is subset {len(context.selected_asset_keys)}", context.is_subset)
    for name in sorted(context.selected_output_names):
        yield dg.Output(name, output_name=name)


@dg.asset
def after_a(a):
    return a


ran("all", dg.materialize([pick, after_a]))
ran("part", dg.materialize([pick, after_a], selection=["a", "after_a"]))
see("can subset", pick.can_subset)
