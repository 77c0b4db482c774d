import dagster as dg
from observe import ran


@dg.multi_asset(outs={"a": dg.AssetOut(dagster_type=dg.Int), "b": dg.AssetOut(dagster_type=dg.String)})
def t():
    return 1, "b"


@dg.multi_asset(outs={"c": dg.AssetOut(), "d": dg.AssetOut()})
def o():
    return dg.Output(1, "c", metadata={"x": 1}), dg.Output(2, "d")


@dg.multi_asset(specs=[dg.AssetSpec("e"), dg.AssetSpec("f")])
def s():
    return dg.MaterializeResult(asset_key="e"), dg.MaterializeResult(asset_key="f", metadata={"k": 1}, tags={"tt": "u"})


@dg.multi_asset(specs=[dg.AssetSpec("g"), dg.AssetSpec("h")])
def n():
    pass


@dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
def too_few():
    return 1


@dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
def three():
    return 1, 2, 3


@dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
def lst():
    return [1, 2]


@dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
def dct():
    return {"i": 1, "j": 2}


@dg.multi_asset(outs={"i": dg.AssetOut(), "j": dg.AssetOut()})
def swapped():
    return dg.Output(2, "j"), dg.Output(1, "i")


@dg.multi_asset(outs={"i": dg.AssetOut(dagster_type=dg.Int), "j": dg.AssetOut()})
def typed():
    return "no", 2


@dg.multi_asset(specs=[dg.AssetSpec("k"), dg.AssetSpec("l")])
def one_missing():
    return dg.MaterializeResult(asset_key="k")


@dg.multi_asset(specs=[dg.AssetSpec("k"), dg.AssetSpec("l")])
def no_key():
    yield dg.MaterializeResult()


@dg.multi_asset(specs=[dg.AssetSpec("k")])
def one_no_key():
    yield dg.MaterializeResult(metadata={"a": 1})


for f in [t, o, s, n, too_few, three, lst, dct, swapped, typed, one_missing, no_key, one_no_key]:
    ran(f.op.name, dg.materialize([f], raise_on_error=False))
