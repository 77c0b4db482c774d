import dagster as dg
from observe import fails, see

# Which names an asset may have.

for name in [
    "simple",
    "With_Caps",
    "n1",
    "1n",
    "a-b",
    "a.b",
    "a b",
    "a/b",
    "한글",
    "",
    "a__b",
    "_x",
    "op",
    "sensor",
    "class",
    "context",
    "conf",
    "config",
    "self",
    "a$",
    "a*b",
    "a>b",
]:
    with fails(f"name {name!r}"):
        made = dg.asset(name=name)(lambda: 1)
        see(f"key and op of {name!r}", [made.key.path, made.op.name])
