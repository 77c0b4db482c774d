import dagster as dg
from observe import fails, see

from typing import Literal

# A discriminated union is a selector by its discriminator.

from pydantic import Field


class Gas(dg.Config):
    kind: Literal["gas"] = "gas"
    pressure: int = 1


class Electric(dg.Config):
    kind: Literal["electric"] = "electric"
    volts: int


class Oven(dg.Config):
    source: Gas | Electric = Field(discriminator="kind")


@dg.asset
def bake(config: Oven):
    return [type(config.source).__name__, config.source.kind, getattr(config.source, "volts", None)]


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")


see("electric", run({"source": {"electric": {"volts": 5}}}))
see("gas", run({"source": {"gas": {}}}))
with fails("with discriminator field"):
    see("pydantic form", run({"source": {"kind": "electric", "volts": 5}}))
with fails("unknown"):
    run({"source": {"wood": {}}})
with fails("two"):
    run({"source": {"gas": {}, "electric": {"volts": 1}}})
with fails("missing field"):
    run({"source": {"electric": {}}})
with fails("none"):
    run({})
see("as dict", dg.RunConfig(ops={"bake": Oven(source=Electric(volts=3))}).to_config_dict())
see(
    "object",
    dg.materialize([bake], run_config=dg.RunConfig(ops={"bake": Oven(source=Electric(volts=3))})).output_for_node(
        "bake"
    ),
)
