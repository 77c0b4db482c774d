import dagster as dg
from observe import fails, see

import os

# Fields from the environment are read when the run starts.


class Box(dg.ConfigurableResource):
    size: int
    label: str


@dg.asset
def a(box: Box):
    return [box.size, box.label]


box = Box(size=dg.EnvVar.int("BOX_SIZE"), label=dg.EnvVar("BOX_LABEL"))
with fails("not set"):
    dg.materialize([a], resources={"box": box})
os.environ["BOX_SIZE"] = "4"
os.environ["BOX_LABEL"] = "one"
see("set", dg.materialize([a], resources={"box": box}).output_for_node("a"))
os.environ["BOX_LABEL"] = "two"
see("changed", dg.materialize([a], resources={"box": box}).output_for_node("a"))
with fails("used outside a run"):
    see("outside", box.label)
with fails("wrong EnvVar for int"):
    dg.materialize([a], resources={"box": Box(size=dg.EnvVar("BOX_LABEL"), label="x")})
see("init_process", Box(size=1, label=dg.EnvVar("BOX_LABEL")).process_config_and_initialize().label)
