import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# Everything of a package becomes Definitions.

Path("farm").mkdir()
Path("farm/__init__.py").write_text("")
Path("farm/a.py").write_text("import dagster as dg\n\n@dg.asset\ndef one(): ...\n")
Path("farm/b.py").write_text("import dagster as dg\n\n@dg.asset\ndef two(one): ...\n\nj = dg.define_asset_job('j')\n")
sys.path.insert(0, ".")
import farm

defs = dg.load_definitions_from_package_module(farm)
see("assets", sorted(s.key.to_user_string() for s in defs.resolve_all_asset_specs()))
see("jobs", [j.name for j in defs.resolve_all_job_defs() if not j.name.startswith("__")])
see(
    "name",
    sorted(s.key.to_user_string() for s in dg.load_definitions_from_package_name("farm").resolve_all_asset_specs()),
)
with fails("unknown"):
    dg.load_definitions_from_package_name("nofarm")
