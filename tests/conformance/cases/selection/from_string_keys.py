import dagster as dg
from observe import fails, see

# A key, bare or with key:, and wildcards.


def node(name, *deps, **more):
    return dg.asset(key=name, deps=deps, **more)(lambda: None)


ALL = [node("a"), node("ab"), node(["p", "c"], "a"), node("x.y-z")]
external = dg.AssetSpec("ext")
defs = dg.Definitions(assets=[*ALL, external])

for text in [
    "*",
    "a",
    "p/c",
    "x.y-z",
    "nope",
    "key:a",
    'key:"a"',
    "key : a",
    "key:nope",
    "key:a*",
    'key:"a*"',
    'key:"*"',
    "key:p/*",
    "key:c",
    'key:"*c"',
    "key:p/c",
    'key:"x.y-z"',
    'key:"*.y*"',
    "A",
    "a ",
    " a",
]:
    with fails(text):
        see(f"keys of {text}", dg.AssetSelection.from_string(text).resolve(defs.resolve_asset_graph()))
