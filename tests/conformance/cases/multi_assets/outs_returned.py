import dagster as dg
from observe import fails, ran, see

# A returned tuple maps to outs by position.


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut(description="the second")})
def pair():
    """Two things."""
    return 1, "two"


@dg.asset
def both(a, b):
    return [a, b]


see("keys", pair.keys)
see("op", pair.op.name)
see("op description", pair.op.description)
see("descriptions", pair.descriptions_by_key)
see("keys by output", pair.keys_by_output_name)
result = dg.materialize([pair, both])
ran("run", result)
see("value", result.output_for_node("both"))
see("outputs", [result.output_for_node("pair", "a"), result.output_for_node("pair", "b")])
see("asset value", result.asset_value("b"))
with fails("key of a multi-asset"):
    pair.key
