import dagster as dg
from observe import fails, see

# The config of an asset is under the name of its step.


class Oven(dg.Config):
    n: int = 1


@dg.asset(key=["p", "a"])
def made(config: Oven):
    return config.n


see("by op name", dg.materialize([made], run_config={"ops": {"p__a": {"config": {"n": 3}}}}).output_for_node("p__a"))
with fails("by function name"):
    dg.materialize([made], run_config={"ops": {"made": {"config": {"n": 3}}}})
with fails("by key"):
    dg.materialize([made], run_config={"ops": {"p/a": {"config": {"n": 3}}}})
see("output by key", dg.materialize([made]).asset_value(["p", "a"]))
