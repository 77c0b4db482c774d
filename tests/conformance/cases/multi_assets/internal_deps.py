import dagster as dg
from observe import fails, see

# Dependencies inside a step.


@dg.multi_asset(
    outs={"a": dg.AssetOut(), "b": dg.AssetOut(), "c": dg.AssetOut()},
    internal_asset_deps={"a": {dg.AssetKey("up")}, "b": {dg.AssetKey("a")}, "c": {dg.AssetKey("a"), dg.AssetKey("b")}},
)
def chain(up):
    return 1, 2, 3


see("deps", {k.to_user_string(): v for k, v in chain.asset_deps.items()})
with fails("unknown out"):

    @dg.multi_asset(outs={"a": dg.AssetOut()}, internal_asset_deps={"z": {dg.AssetKey("a")}})
    def bad(): ...


with fails("unknown key"):

    @dg.multi_asset(outs={"a": dg.AssetOut()}, internal_asset_deps={"a": {dg.AssetKey("z")}})
    def worse(): ...

    see("deps of worse", {k.to_user_string(): v for k, v in worse.asset_deps.items()})
