import dagster as dg
from observe import see

from enum import Enum

# What a Config object becomes as run config.


class Heat(Enum):
    LOW = "l"


class Rack(dg.Config):
    slots: int = 2


class Oven(dg.Config):
    rack: Rack = Rack()
    racks: list[Rack] = [Rack(slots=1)]
    table: dict[str, Rack] = {"a": Rack()}
    heat: Heat = Heat.LOW
    maybe: int | None = None
    secret: str = "s"


see("dict", dg.RunConfig(ops={"bake": Oven()}).to_config_dict()["ops"])
see(
    "env",
    dg.RunConfig(ops={"bake": Oven(secret=dg.EnvVar("NO_SUCH"))}).to_config_dict()["ops"]["bake"]["config"]["secret"],
)
