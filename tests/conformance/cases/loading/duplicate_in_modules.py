import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# Two modules that define one key.

Path("one.py").write_text("import dagster as dg\n\n@dg.asset\ndef oats(): ...\n")
Path("two.py").write_text("import dagster as dg\n\n@dg.asset\ndef oats(): ...\n")
sys.path.insert(0, ".")
import one
import two

with fails("load"):
    dg.load_assets_from_modules([one, two])
with fails("definitions"):
    dg.Definitions.validate_loadable(
        dg.Definitions(assets=[*dg.load_assets_from_modules([one]), *dg.load_assets_from_modules([two])])
    )
with fails("the module twice"):
    see("twice", len(dg.load_assets_from_modules([one, one])))
