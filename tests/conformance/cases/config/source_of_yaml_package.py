import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# Run config from a file inside a package.

Path("settings").mkdir()
Path("settings/__init__.py").write_text("")
Path("settings/run.yaml").write_text("ops:\n  a:\n    config:\n      n: 3\n")
sys.path.insert(0, ".")

see("config", dg.config_from_pkg_resources([("settings", "run.yaml")]))
with fails("missing"):
    dg.config_from_pkg_resources([("settings", "nope.yaml")])
