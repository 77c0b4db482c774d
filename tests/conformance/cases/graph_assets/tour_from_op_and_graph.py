import dagster as dg
from observe import fails, ran, see


@dg.op(ins={"a": dg.In(int), "b": dg.In(int)}, out=dg.Out(int, metadata={"m": 1}))
def add(a, b):
    return a + b


@dg.op(out={"s": dg.Out(), "d": dg.Out(is_required=False)})
def sd(a, b):
    yield dg.Output(a + b, "s")


@dg.graph(out={"total": dg.GraphOut(), "diff": dg.GraphOut()})
def g(a, b):
    s, d = sd(a, b)
    return {"total": s, "diff": d}


@dg.asset
def a():
    return 1


@dg.asset(key_prefix="q")
def b():
    return 2


f1 = dg.AssetsDefinition.from_op(
    add,
    keys_by_input_name={"a": dg.AssetKey("a"), "b": dg.AssetKey(["q", "b"])},
    keys_by_output_name={"result": dg.AssetKey("added")},
)
f2 = dg.AssetsDefinition.from_graph(
    g,
    keys_by_input_name={"a": dg.AssetKey("a"), "b": dg.AssetKey(["q", "b"])},
    keys_by_output_name={"total": dg.AssetKey(["t", "total"])},
    group_name="gg",
    key_prefix="kp",
)
f3 = dg.AssetsDefinition.from_op(
    add,
    key_prefix="zz",
    keys_by_input_name={"a": dg.AssetKey("a"), "b": dg.AssetKey("a")},
    metadata_by_output_name={"result": {"x": "y"}},
    tags_by_output_name={"result": {"t": "v"}},
    descriptions_by_output_name={"result": "DE"},
)
see("f1", [f1.keys, f1.dependency_keys])
see("f2", [f2.keys, f2.dependency_keys, f2.group_names_by_key])
see("f3", [f3.keys, f3.dependency_keys, f3.descriptions_by_key, f3.tags_by_key])
r = dg.materialize([a, b, f1, f2])
ran("run", r)
see("added", r.output_for_node("add"))
with fails("unknown output"):
    dg.AssetsDefinition.from_op(add, keys_by_output_name={"nope": dg.AssetKey("x")})
with fails("unknown input"):
    dg.AssetsDefinition.from_op(add, keys_by_input_name={"nope": dg.AssetKey("x")})
with fails("not an op"):
    dg.AssetsDefinition.from_op(lambda: 1)
with fails("graph given to from_op"):
    dg.AssetsDefinition.from_op(g)
plain_op = dg.AssetsDefinition.from_op(add)
see("plain", [plain_op.keys, plain_op.dependency_keys])
