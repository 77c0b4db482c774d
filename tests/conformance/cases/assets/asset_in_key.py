import dagster as dg
from observe import see

# AssetIn names the upstream by key, and its first positional argument is the key.


@dg.asset(key=["store", "milk"])
def milk():
    return "milk"


@dg.asset(ins={"m": dg.AssetIn(key=["store", "milk"])})
def shake(m):
    return m + "shake"


@dg.asset(ins={"m": dg.AssetIn(dg.AssetKey(["store", "milk"]))})
def latte(m):
    return m + "latte"


result = dg.materialize([milk, shake, latte])
see("shake", result.output_for_node("shake"))
see("latte", result.output_for_node("latte"))
see("by asset", result.asset_value("shake"))
see("deps", [a.keys_by_input_name for a in (shake, latte)])
