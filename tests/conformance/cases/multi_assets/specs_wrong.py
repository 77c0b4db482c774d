import dagster as dg
from observe import fails, see

# Wrong arguments of multi_asset.

DIFFERS = {
    "nothing": "a multi-asset without outs or specs was forgotten to be given them",
    "keys of nothing": "a multi-asset without outs or specs was forgotten to be given them",
    "groups of nothing": "a multi-asset without outs or specs was forgotten to be given them",
    "keys of same key in outs": "Dagster lets a KeyError through",
    "groups of same key in outs": "Dagster lets a KeyError through",
    "same key in outs": "Dagster lets a KeyError through",
    "out name with dash": "Dagster lets a KeyError through",
}


def body(): ...


cases = {
    "nothing": {},
    "specs and outs": {"specs": [dg.AssetSpec("a")], "outs": {"b": dg.AssetOut()}},
    "empty specs": {"specs": []},
    "empty outs": {"outs": {}},
    "same key twice": {"specs": [dg.AssetSpec("a"), dg.AssetSpec("a")]},
    "keys of same key in outs": "Dagster lets a KeyError through",
    "groups of same key in outs": "Dagster lets a KeyError through",
    "same key in outs": {"outs": {"x": dg.AssetOut(key="a"), "y": dg.AssetOut(key="a")}},
    "spec is a string": {"specs": ["a"]},
    "out is an op out": {"outs": {"a": dg.Out()}},
    "outs is a list": {"outs": [dg.AssetOut()]},
    "bad out name": {"outs": {"a b": dg.AssetOut()}},
    "out name with dash": {"outs": {"a-b": dg.AssetOut()}},
    "bad name": {"name": "a b", "specs": [dg.AssetSpec("a")]},
    "deps and specs": {"specs": [dg.AssetSpec("a")], "deps": ["up"]},
    "group twice": {"specs": [dg.AssetSpec("a", group_name="g")], "group_name": "h"},
    "group for specs": {"specs": [dg.AssetSpec("a")], "group_name": "h"},
    "group twice in outs": {"outs": {"a": dg.AssetOut(group_name="g")}, "group_name": "h"},
    "unknown argument": {"specs": [dg.AssetSpec("a")], "colour": 1},
}
for label, arguments in cases.items():
    with fails(label):
        made = dg.multi_asset(**arguments)(body)
        see(f"keys of {label}", made.keys)
        see(f"groups of {label}", made.group_names_by_key)
