import dagster as dg
from observe import fails

# Which names an op may have.

for name in [
    "good_1",
    "1start",
    "_under",
    "with space",
    "a-b",
    "a.b",
    "a/b",
    "",
    "ünicode",
    "context",
    "config",
    "type",
    "input",
    "list",
]:
    with fails(f"name {name!r}"):
        dg.op(name=name)(lambda: 1)
