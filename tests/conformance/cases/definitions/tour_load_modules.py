import dagster as dg
from observe import fails, see

import types, sys

mod = types.ModuleType("my_mod")
exec(
    """
import dagster as dg
@dg.asset
def x(): return 1
@dg.asset(group_name="keep", key_prefix="own")
def y(x): return 2
s = dg.SourceAsset("src")
sp = dg.AssetSpec("spec")
job = dg.define_asset_job("jj", "x")
lst = [dg.AssetSpec("in_list")]
@dg.op
def o(): ...
res = dg.ResourceDefinition.hardcoded_resource(1)
""",
    mod.__dict__,
)
sys.modules["my_mod"] = mod
as_ = dg.load_assets_from_modules([mod], key_prefix="pre", group_name=None)


def keys(xs):
    return sorted("/".join(getattr(i, "key").path) for i in xs)


see("pre", keys(as_))
see("plain", keys(dg.load_assets_from_modules([mod])))
see("specs", keys(dg.load_assets_from_modules([mod], include_specs=True)))
with fails("group"):
    see(
        "grp",
        [
            sorted(set(a.group_names_by_key.values()))
            for a in dg.load_assets_from_modules([mod], group_name="G")
            if isinstance(a, dg.AssetsDefinition)
        ],
    )
see("source pre", keys(dg.load_assets_from_modules([mod], key_prefix="pre", source_key_prefix="sp")))
y = [a for a in as_ if a.key.path[-1] == "y"][0]
see("y deps", y.dependency_keys)
d = dg.load_definitions_from_module(mod)
see(
    "defs",
    [
        sorted(k.to_user_string() for k in d.resolve_asset_graph().get_all_asset_keys()),
        [j.name for j in d.jobs],
        sorted(d.resources or {}),
    ],
)
with fails("dup"):
    mod2 = types.ModuleType("my_mod2")
    exec("import dagster as dg\n@dg.asset\ndef x(): return 2", mod2.__dict__)
    dg.load_assets_from_modules([mod, mod2])
with fails("same object twice"):
    mod3 = types.ModuleType("my_mod3")
    mod3.x = mod.x
    see("same", keys(dg.load_assets_from_modules([mod, mod3])))
with fails("no package"):
    dg.load_assets_from_package_name("does_not_exist_pkg")
see("current", keys(dg.load_assets_from_current_module()))
