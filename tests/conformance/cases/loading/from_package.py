import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# Assets found in a package and its submodules.

Path("farm/barn").mkdir(parents=True)
Path("farm/__init__.py").write_text("import dagster as dg\n\n@dg.asset\ndef top(): ...\n")
Path("farm/field.py").write_text("import dagster as dg\n\n@dg.asset\ndef wheat(top): ...\n")
Path("farm/barn/__init__.py").write_text("")
Path("farm/barn/cows.py").write_text("import dagster as dg\n\n@dg.asset\ndef milk(): ...\n")
sys.path.insert(0, ".")
import farm


def keys(found):
    return sorted(k.to_user_string() for a in found for k in a.keys)


see("module", keys(dg.load_assets_from_package_module(farm)))
see("name", keys(dg.load_assets_from_package_name("farm")))
see("prefix", keys(dg.load_assets_from_package_module(farm, key_prefix="f", group_name="g")))
see("subpackage", keys(dg.load_assets_from_package_name("farm.barn")))
with fails("unknown"):
    dg.load_assets_from_package_name("nofarm")
