import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# Assets, specs and jobs of a module become Definitions.

DIFFERS = {
    "not a module": "the error says what is wrong",
}

Path("kitchen.py").write_text(
    """
import dagster as dg

class Box(dg.ConfigurableResource):
    size: int = 2

@dg.asset
def a(box: Box):
    return box.size

@dg.op
def one(): ...

@dg.job
def j():
    one()

asset_job = dg.define_asset_job("aj", selection=[a])
spec = dg.AssetSpec("outside")
box = Box(size=5)
"""
)
sys.path.insert(0, ".")
import kitchen

defs = dg.load_definitions_from_module(kitchen, resources={"box": kitchen.Box(size=9)})
see("class", type(defs).__name__)
see("assets", sorted(s.key.to_user_string() for s in defs.resolve_all_asset_specs()))
see("jobs", sorted(j.name for j in defs.resolve_all_job_defs() if not j.name.startswith("__")))
see("resources", sorted(defs.resources))
see("value", defs.resolve_job_def("aj").execute_in_process().output_for_node("a"))
bare = dg.load_definitions_from_module(kitchen)
see("resources of the module alone", sorted(bare.resources or {}))
with fails("needs its resource"):
    dg.Definitions.validate_loadable(bare)
see(
    "modules",
    sorted(
        s.key.to_user_string()
        for s in dg.load_definitions_from_modules([kitchen], resources={"box": kitchen.Box()}).resolve_all_asset_specs()
    ),
)
with fails("not a module"):
    dg.load_definitions_from_module("kitchen")
