import dagster as dg
import enum
from typing import Literal

from observe import fails, see

# Enums are told by name, literals by value.


class Color(enum.Enum):
    RED = "r"
    BLUE = "b"


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2


class Paint(dg.Config):
    color: Color
    level: Level = Level.LOW
    mode: Literal["fast", "slow"] = "fast"
    palette: list[Color] = []


@dg.op
def paint(config: Paint):
    return [config.color.name, config.level.name, config.mode, [c.name for c in config.palette]]


@dg.job
def j():
    paint()


def run(label, config):
    with fails(f"{label} raises"):
        see(label, j.execute_in_process({"ops": {"paint": {"config": config}}}).output_for_node("paint"))


run("name", {"color": "RED"})
run("value", {"color": "r"})
run("member", {"color": Color.RED})
run("level", {"color": "BLUE", "level": "HIGH"})
run("level by value", {"color": "BLUE", "level": 2})
run("mode", {"color": "BLUE", "mode": "slow"})
run("other mode", {"color": "BLUE", "mode": "medium"})
run("palette", {"color": "BLUE", "palette": ["RED", "BLUE"]})
see(
    "object",
    j.execute_in_process(dg.RunConfig({"paint": Paint(color=Color.BLUE, level=Level.HIGH)})).output_for_node("paint"),
)
with fails("object of value"):
    see("from value", Paint(color="r").color.name)
with fails("wrong in object"):
    Paint(color="x")
