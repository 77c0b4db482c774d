import dagster as dg
from observe import ran, see

order = []


@dg.asset
def a():
    order.append("a")


@dg.asset(ins={"up": dg.AssetIn("a", dagster_type=dg.Nothing)})
def b():
    order.append("b")
    return 1


@dg.asset(deps=[a, b])
def c(context):
    order.append("c")


@dg.asset(non_argument_deps={"c"}) if False else dg.asset(deps=["c"])
def d() -> None:
    order.append("d")


r = dg.materialize([d, c, b, a])
see("order", order)
see("loads", [e.event_type_value for e in r.all_events if "LOAD" in e.event_type_value])
ran("run", r)
see("input defs", sorted(c.op.input_dict) if hasattr(c.op, "input_dict") else None)
see("out none", [r.output_for_node("a"), r.output_for_node("d")])
