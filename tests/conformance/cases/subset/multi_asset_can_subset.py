import dagster as dg
from observe import fails, ran, see

# can_subset: only what is selected is made.


@dg.multi_asset(outs={"a": dg.AssetOut(is_required=False), "b": dg.AssetOut(is_required=False)}, can_subset=True)
def both(context):
    for name in sorted(context.selected_output_names):
        yield dg.Output(name, name)


result = dg.materialize([both], selection=["b"])
ran("one", result)
ran("all", dg.materialize([both]))
see("value", result.asset_value("b"))
with fails("value of the other"):
    result.asset_value("a")
see("can subset", both.can_subset)
