import dagster as dg
from observe import fails, see

import sys
from pathlib import Path

# Assets found in modules.

DIFFERS = {
    "not a module": "the error says what is wrong",
    "no list": "the error says what is wrong",
}

Path("pantry.py").write_text(
    """
import dagster as dg

@dg.asset
def oats(): ...

@dg.asset
def bread(oats): ...

@dg.multi_asset(specs=[dg.AssetSpec("m1"), dg.AssetSpec("m2")])
def several(): ...

spec = dg.AssetSpec("external")
source = dg.SourceAsset("old_source")
listed = [dg.AssetSpec("in_a_list"), dg.asset(name="made_in_a_list")(lambda: 1)]
also = oats

@dg.op
def not_an_asset(): ...

def a_function(): ...
"""
)
Path("cellar.py").write_text("import dagster as dg\nfrom pantry import oats\n\n@dg.asset\ndef wine(oats): ...\n")
sys.path.insert(0, ".")
import cellar
import pantry


def keys(found):
    return sorted(
        {k.to_user_string() for a in found for k in (a.keys if isinstance(a, dg.AssetsDefinition) else [a.key])}
    )


see("one", keys(dg.load_assets_from_modules([pantry])))
see("classes", sorted({type(a).__name__ for a in dg.load_assets_from_modules([pantry])}))
see("with specs", keys(dg.load_assets_from_modules([pantry], include_specs=True)))
see("two", keys(dg.load_assets_from_modules([pantry, cellar])))
see(
    "group",
    sorted(
        {
            n
            for a in dg.load_assets_from_modules([pantry], group_name="g")
            if isinstance(a, dg.AssetsDefinition)
            for n in a.group_names_by_key.values()
        }
    ),
)
see("prefix", keys(dg.load_assets_from_modules([pantry, cellar], key_prefix="p")))
see("prefix list", keys(dg.load_assets_from_modules([cellar], key_prefix=["p", "q"])))
with fails("not a module"):
    dg.load_assets_from_modules(["pantry"])
with fails("no list"):
    dg.load_assets_from_modules(pantry)
prefixed = dg.load_assets_from_modules([pantry], key_prefix="p")
bread = next(a for a in prefixed if isinstance(a, dg.AssetsDefinition) and a.op.name == "bread")
see("inputs follow the prefix", bread.keys_by_input_name)
see("source prefix", keys(dg.load_assets_from_modules([pantry], source_key_prefix="s", include_specs=True)))
