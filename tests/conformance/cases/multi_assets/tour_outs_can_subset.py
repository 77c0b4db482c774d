import dagster as dg
from observe import fails, ran, see


@dg.multi_asset(outs={n: dg.AssetOut(is_required=False) for n in ("a", "b", "c")}, can_subset=True)
def m(context):
    for n in ("a", "b", "c"):
        if (
            n in context.selected_output_names
            if hasattr(context, "selected_output_names")
            else context.op_execution_context.selected_output_names
        ):
            yield dg.Output(n, output_name=n)


@dg.asset
def down(a, c):
    return a + c


ran("all", dg.materialize_to_memory([m, down]))
ran("c only", dg.materialize_to_memory([m, down], selection=["c"]))
r = dg.materialize([m, down], selection=dg.AssetSelection.keys("a", "c", "down"))
see("val", r.output_for_node("down"))
see("named", r.output_for_node("m", "a"))
with fails("not made"):
    r.output_for_node("m", "b")
with fails("asset value not made"):
    see("v", r.asset_value("b"))
with fails("default output"):
    r.output_for_node("m")
see("events", [e.event_type_value for e in r.events_for_node("m")])
see("mats", [m_.asset_key for m_ in r.asset_materializations_for_node("m")])
