import dagster as dg
from observe import see

NOT_YET = "asset checks come with a later issue"

import sys
from pathlib import Path

# Checks found in a module, a package and the module that asks.

Path("farm").mkdir()
Path("farm/__init__.py").write_text("")
Path("farm/cows.py").write_text(
    "import dagster as dg\n\n@dg.asset\ndef milk(): ...\n\n@dg.asset_check(asset=milk)\ndef fresh():\n    return dg.AssetCheckResult(passed=True)\n"
)
sys.path.insert(0, ".")
import farm
import farm.cows


@dg.asset_check(asset="milk")
def cold():
    return dg.AssetCheckResult(passed=True)


def names(found):
    return sorted([c.check_key.name, c.check_key.asset_key.to_user_string()] for c in found)


see("package", names(dg.load_asset_checks_from_package_module(farm)))
see("package name", names(dg.load_asset_checks_from_package_name("farm")))
see("modules", names(dg.load_asset_checks_from_modules([farm.cows])))
see("current", names(dg.load_asset_checks_from_current_module()))
see("prefix", names(dg.load_asset_checks_from_modules([farm.cows], asset_key_prefix="p")))
