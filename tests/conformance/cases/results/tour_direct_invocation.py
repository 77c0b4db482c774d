import dagster as dg
from observe import fails, see


class C(dg.Config):
    n: int


@dg.asset
def a(config: C, up):
    return up + config.n


see("kw", a(up=1, config=C(n=2)))
see("pos", a(C(n=2), 5))
with fails("no cfg"):
    a(up=1)


@dg.asset
def ctx(context: dg.AssetExecutionContext, x=3):
    context.add_output_metadata({"k": 1})
    return [context.asset_key, x, context.op_execution_context is not None]


c = dg.build_asset_context()
see("ctx", ctx(c))
see("ctx kw", ctx(context=dg.build_asset_context(), x=4))
with fails("no ctx"):
    ctx()
with fails("wrong ctx"):
    ctx(5)


@dg.multi_asset(outs={"p": dg.AssetOut(), "q": dg.AssetOut()})
def m():
    yield dg.Output(1, "p")
    yield dg.Output(2, "q")


see("multi", [[o.output_name, o.value] for o in m()])


@dg.multi_asset(outs={"p": dg.AssetOut(), "q": dg.AssetOut()})
def m2():
    return 1, 2


see("multi2", m2())


@dg.multi_asset(specs=[dg.AssetSpec("s1"), dg.AssetSpec("s2")])
def m3():
    for k in ("s1", "s2"):
        yield dg.MaterializeResult(asset_key=k)


see("multi3", [r.asset_key for r in m3()])


@dg.asset
def out():
    return dg.Output(5, metadata={"a": 1})


see("out", [type(out()).__name__, out().value])


@dg.asset
def mr():
    return dg.MaterializeResult(metadata={"z": 1})


see("mr", [type(mr()).__name__, mr().metadata])


@dg.op(ins={"x": dg.In(int)}, out=dg.Out(str))
def o(x):
    return x


with fails("typed op in"):
    o("q")
with fails("typed op out"):
    o(3)


@dg.asset
def typed(v: int) -> str:
    return v


with fails("typed asset"):
    see("typed", typed("s"))


@dg.op
def g1():
    return 2


@dg.op
def g2(x):
    return x * 2


@dg.graph
def g():
    return g2(g1())


with fails("graph direct"):
    see("g", g())
see("graph run", g.execute_in_process().output_value())


@dg.asset(required_resource_keys={"r"})
def rr(context):
    return context.resources.r


see("rr", rr(dg.build_asset_context(resources={"r": 9})))
with fails("rr missing"):
    rr(dg.build_asset_context())
with fails("partition"):
    dg.build_asset_context().partition_key
cc = dg.build_op_context(op_config={"a": 1}, config=None) if False else dg.build_op_context(op_config={"a": 1})


@dg.op(config_schema={"a": int})
def oc(context):
    return context.op_config["a"]


see("oc", oc(cc))
with fails("oc bad"):
    oc(dg.build_op_context(op_config={"a": "x"}))
with fails("extra arg"):
    out(4)
