import dagster as dg
from observe import fails, see

from pydantic import Field

# Fields with an alias.


class Oven(dg.Config):
    degrees_: int = Field(alias="degrees", default=3)


@dg.asset
def bake(config: Oven):
    return config.degrees_


see("default", dg.materialize([bake]).output_for_node("bake"))
with fails("by alias"):
    see(
        "alias",
        dg.materialize([bake], run_config={"ops": {"bake": {"config": {"degrees": 7}}}}).output_for_node("bake"),
    )
with fails("by name"):
    see(
        "name",
        dg.materialize([bake], run_config={"ops": {"bake": {"config": {"degrees_": 7}}}}).output_for_node("bake"),
    )
