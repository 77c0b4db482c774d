import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# A group for loaded assets that already have one.

Path("pantry.py").write_text(
    "import dagster as dg\n\n@dg.asset(group_name='mine')\ndef oats(): ...\n\n@dg.asset\ndef rye(): ...\n"
)
sys.path.insert(0, ".")
import pantry

with fails("group"):
    found = dg.load_assets_from_modules([pantry], group_name="g")
    see("groups", sorted([k.to_user_string(), g] for a in found for k, g in a.group_names_by_key.items()))
see("none", sorted(g for a in dg.load_assets_from_modules([pantry]) for g in a.group_names_by_key.values()))
