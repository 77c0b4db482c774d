import dagster as dg
from observe import fails, see

from enum import Enum

# Enumerations are given by name in dictionaries, and by member in Python.


class Heat(Enum):
    LOW = "low value"
    HIGH = "high value"


class Oven(dg.Config):
    heat: Heat = Heat.LOW


@dg.asset
def bake(config: Oven):
    return [type(config.heat).__name__, config.heat.name]


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")


see("default", run({}))
see("name", run({"heat": "HIGH"}))
with fails("value"):
    see("by value", run({"heat": "high value"}))
with fails("member"):
    see("by member", run({"heat": Heat.HIGH}))
with fails("unknown"):
    run({"heat": "WARM"})
see(
    "object",
    dg.materialize([bake], run_config=dg.RunConfig(ops={"bake": Oven(heat=Heat.HIGH)})).output_for_node("bake"),
)
see("as dict", dg.RunConfig(ops={"bake": Oven(heat=Heat.HIGH)}).to_config_dict())
