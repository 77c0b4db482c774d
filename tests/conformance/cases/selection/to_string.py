import dagster as dg
from observe import fails, see

# Selections written as text.

S = dg.AssetSelection
for label, selection in {
    "assets": S.assets("a", ["p", "b"]),
    "one": S.assets("a"),
    "groups": S.groups("g"),
    "two groups": S.groups("g", "h"),
    "all": S.all(),
    "tag": S.tag("k", "v"),
    "kind": S.kind("sql"),
    "owner": S.owner("team:t"),
    "union": S.assets("a") | S.groups("g"),
    "intersection": S.assets("a") & S.groups("g"),
    "difference": S.groups("g") - S.assets("a"),
    "downstream": S.assets("a").downstream(),
    "upstream": S.assets("a").upstream(2),
    "roots": S.groups("g").roots(),
    "sinks": S.groups("g").sinks(),
}.items():
    with fails(label):
        see(f"text of {label}", str(selection))
