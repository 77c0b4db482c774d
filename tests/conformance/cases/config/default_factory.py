import dagster as dg
from observe import see

from pydantic import Field

# Defaults that are made.


class Oven(dg.Config):
    names: list[str] = Field(default_factory=lambda: ["a"])


@dg.asset
def bake(config: Oven):
    return config.names


see("default", dg.materialize([bake]).output_for_node("bake"))
see("given", dg.materialize([bake], run_config={"ops": {"bake": {"config": {"names": []}}}}).output_for_node("bake"))
