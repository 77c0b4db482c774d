import dagster as dg
from observe import fails, ran, see


@dg.op
def fetch() -> int:
    return 3


@dg.op(config_schema={"by": dg.Field(int, default_value=2, is_required=False)})
def mul(context, x: int) -> int:
    return x * context.op_config["by"]


@dg.op(out={"lo": dg.Out(), "hi": dg.Out()})
def split(x):
    yield dg.Output(x - 1, "lo")
    yield dg.Output(x + 1, "hi", metadata={"m": 1})


@dg.graph_asset(group_name="g", metadata={"a": "b"}, tags={"t": "u"}, kinds={"k"}, owners=["team:z"], description="dd")
def ga():
    return mul(fetch())


@dg.graph_multi_asset(outs={"lo": dg.AssetOut(), "hi": dg.AssetOut(key_prefix="h")}, ins={"v": dg.AssetIn("ga")})
def gma(v):
    lo, hi = split(v)
    return {"lo": lo, "hi": hi}


@dg.asset(ins={"hi": dg.AssetIn(["h", "hi"])})
def end(lo, hi):
    return [lo, hi]


r = dg.materialize([ga, gma, end], run_config={"ops": {"ga": {"ops": {"mul": {"config": {"by": 5}}}}}})
ran("run", r)
see("end", r.output_for_node("end"))
see("inner", r.output_for_node("ga.mul"))
see("ga", r.output_for_node("ga"))
see("gma", r.output_for_node("gma", "hi"))
s = list(ga.specs)[0]
see("spec", [s.key, s.group_name, s.tags, s.kinds, s.owners, s.description, dict(s.metadata.items())])
see("deps", gma.asset_deps)
see("node", [ga.node_def.name, type(ga.node_def).__name__])
with fails("op of graph"):
    ga.op
see("events of ga", [e.event_type_value for e in r.events_for_node("ga.fetch")])
