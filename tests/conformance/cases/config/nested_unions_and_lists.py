import dagster as dg
from observe import fails, see

from typing import Literal, Optional, Union

# A list of unions, an optional nested config, a union of scalars.

from pydantic import Field


class Cat(dg.Config):
    kind: Literal["cat"] = "cat"
    lives: int = 9


class Dog(dg.Config):
    kind: Literal["dog"] = "dog"
    tricks: list[str] = []


class One(dg.Config):
    pet: Union[Cat, Dog] = Field(discriminator="kind", default=Cat())
    other: Optional[Cat] = None


@dg.asset
def house(config: One):
    return [type(config.pet).__name__, config.other.lives if config.other else None]


def run(config):
    return dg.materialize([house], run_config={"ops": {"house": {"config": config}}}).output_for_node("house")


with fails("default of a union"):
    see("default", dg.materialize([house]).output_for_node("house"))
see("dog", run({"pet": {"dog": {"tricks": ["sit"]}}}))
see("optional", run({"pet": {"cat": {}}, "other": {"lives": 3}}))
with fails("list of unions"):

    class Many(dg.Config):
        pets: list[Union[Cat, Dog]]

    @dg.asset
    def zoo(config: Many):
        return [type(p).__name__ for p in config.pets]

    see(
        "zoo",
        dg.materialize(
            [zoo], run_config={"ops": {"zoo": {"config": {"pets": [{"cat": {}}, {"dog": {}}]}}}}
        ).output_for_node("zoo"),
    )
with fails("union of scalars"):

    class Scalars(dg.Config):
        value: Union[int, str]

    @dg.asset
    def scalar(config: Scalars):
        return config.value

    see(
        "scalar",
        dg.materialize([scalar], run_config={"ops": {"scalar": {"config": {"value": 3}}}}).output_for_node("scalar"),
    )
