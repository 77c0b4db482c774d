import dagster as dg
from observe import fails, see

from pydantic import Field

# Making Config objects in Python.


class Oven(dg.Config):
    degrees: int
    name: str = "big"


oven = Oven(degrees=5)
see("values", [oven.degrees, oven.name])
with fails("missing"):
    Oven()
with fails("wrong type"):
    Oven(degrees="hot")
with fails("unknown"):
    Oven(degrees=1, colour="red")
with fails("frozen"):
    oven.degrees = 6
see("equal", Oven(degrees=1) == Oven(degrees=1))
see("coerced text", Oven(degrees="7").degrees)


class Limits(dg.Config):
    low: int = Field(default=1, ge=0, description="lowest")


with fails("constraint"):
    Limits(low=-1)
see("limits", Limits(low=3).low)
