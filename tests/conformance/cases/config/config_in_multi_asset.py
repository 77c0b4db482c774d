import dagster as dg
from observe import fails, see

# One config for all assets of a step.


class Oven(dg.Config):
    n: int = 1


@dg.multi_asset(outs={"a": dg.AssetOut(), "b": dg.AssetOut()})
def pair(config: Oven):
    return config.n, config.n + 1


see("default", dg.materialize([pair]).output_for_node("pair", "b"))
result = dg.materialize([pair], run_config={"ops": {"pair": {"config": {"n": 5}}}})
see("given", [result.output_for_node("pair", "a"), result.output_for_node("pair", "b")])
with fails("by asset name"):
    dg.materialize([pair], run_config={"ops": {"a": {"config": {"n": 5}}}})
