import dagster as dg
from observe import fails, see

from typing import Literal

# Literal fields.

with fails("definition"):

    class Oven(dg.Config):
        size: Literal["s", "l"] = "s"

    @dg.asset
    def bake(config: Oven):
        return config.size

    def run(config):
        return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")

    see("default", run({}))
    see("given", run({"size": "l"}))
    with fails("other"):
        run({"size": "xl"})
