import dagster as dg
from observe import fails, see

from pydantic import PrivateAttr, computed_field

# Methods and private attributes of Config classes.


class Oven(dg.Config):
    degrees: int = 2
    _cache: int = PrivateAttr(default=5)

    @property
    def double(self) -> int:
        return self.degrees * 2

    @computed_field
    @property
    def triple(self) -> int:
        return self.degrees * 3

    def plus(self, n: int) -> int:
        return self.degrees + n


@dg.asset
def bake(config: Oven):
    return [config.double, config.plus(1), config.triple, config._cache]


with fails("run"):
    see("value", dg.materialize([bake]).output_for_node("bake"))
with fails("run with config"):
    see(
        "value given",
        dg.materialize([bake], run_config=dg.RunConfig({"bake": Oven(degrees=4)})).output_for_node("bake"),
    )
