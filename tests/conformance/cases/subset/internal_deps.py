import dagster as dg
from observe import fails, ran, see

# internal_asset_deps and dependencies between specs of one multi-asset.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b", deps=["a"])])
def both():
    yield dg.MaterializeResult(asset_key="a")
    yield dg.MaterializeResult(asset_key="b")


@dg.multi_asset(
    outs={"c": dg.AssetOut(), "d": dg.AssetOut()},
    internal_asset_deps={"c": {dg.AssetKey("b")}, "d": {dg.AssetKey("c")}},
    deps=["b"],
)
def more():
    return 1, 2


see("both", {k.to_user_string(): sorted(v) for k, v in both.asset_deps.items()})
see("more", {k.to_user_string(): sorted(v) for k, v in more.asset_deps.items()})
ran("run", dg.materialize([both, more]))
with fails("unknown output"):

    @dg.multi_asset(outs={"x": dg.AssetOut()}, internal_asset_deps={"nope": {dg.AssetKey("x")}})
    def wrong():
        return 1


with fails("unknown key"):

    @dg.multi_asset(outs={"x": dg.AssetOut()}, internal_asset_deps={"x": {dg.AssetKey("unknown")}})
    def wrong_too():
        return 1
