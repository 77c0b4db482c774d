import dagster as dg
from observe import fails, see

# Wrong arguments of AssetSpec.

DIFFERS = {
    "empty": "a key is never empty",
}

for label, arguments in {
    "number": {"key": 3},
    "bad group": {"key": "a", "group_name": "a b"},
    "bad tag": {"key": "a", "tags": {"a b": "c"}},
    "bad owner": {"key": "a", "owners": ["me"]},
    "bad deps": {"key": "a", "deps": [3]},
    "self dep": {"key": "a", "deps": ["a"]},
    "bad metadata": {"key": "a", "metadata": [1]},
    "unknown": {"key": "a", "colour": "red"},
    "space": {"key": "a b"},
    "hangul": {"key": "밀"},
    "empty": {"key": ""},
}.items():
    with fails(label):
        dg.AssetSpec(**arguments)
with fails("no key"):
    dg.AssetSpec()
with fails("same dep twice"):
    see("deps", [d.asset_key for d in dg.AssetSpec("a", deps=["b", "b", dg.AssetDep("b")]).deps])
