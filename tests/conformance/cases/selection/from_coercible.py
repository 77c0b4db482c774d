import dagster as dg
from observe import fails, see

# What counts as a selection.

DIFFERS = {
    "empty list": "Dagster trips over an empty list; ours says that the selection is empty",
}


@dg.asset(group_name="g")
def a(): ...


@dg.asset
def b(a): ...


@dg.multi_asset(specs=[dg.AssetSpec("m1"), dg.AssetSpec("m2")])
def several(): ...


ALL = [a, b, several]
S = dg.AssetSelection
for label, value in {
    "string": "a+",
    "list of strings": ["a", "b"],
    "list of expressions": ["a*", "m1"],
    "list with key": ["group:g", "b"],
    "keys": [dg.AssetKey("a")],
    "definitions": [a, several],
    "definition": a,
    "selection": S.groups("g"),
    "mixed": [a, "b"],
    "empty list": [],
    "number": 3,
    "tuple": ("a", "b"),
    "set": {"a"},
}.items():
    with fails(label):
        see(f"keys of {label}", S.from_coercible(value).resolve(ALL))
