import dagster as dg
from observe import ran

# Ways to spell a key with a prefix in a result.

DIFFERS = {
    "with_slash": "a key has no part that holds `/`, in both modes",
}


@dg.multi_asset(outs={"one": dg.AssetOut(key_prefix="p")})
def with_list():
    yield dg.MaterializeResult(asset_key=["p", "one"])


@dg.multi_asset(outs={"two": dg.AssetOut(key_prefix="p")})
def with_slash():
    yield dg.MaterializeResult(asset_key="p/two")


@dg.multi_asset(outs={"three": dg.AssetOut(key_prefix="p")})
def with_key():
    yield dg.MaterializeResult(asset_key=dg.AssetKey(["p", "three"]))


@dg.multi_asset(outs={"four": dg.AssetOut(key_prefix="p")})
def with_output_name():
    yield dg.Output(1, output_name="four")


for made in (with_list, with_slash, with_key, with_output_name):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
