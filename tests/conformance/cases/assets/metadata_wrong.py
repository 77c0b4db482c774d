import dagster as dg
from observe import fails, see

# Metadata that is no dictionary, or whose values are objects.


class Thing: ...


for label, metadata in {
    "set": {1},
    "list": [1],
    "string": "x",
    "object": {"a": Thing()},
    "number key": {1: "a"},
    "none": None,
    "none value": {"a": None},
}.items():
    with fails(label):
        made = dg.asset(name="a", metadata=metadata)(lambda: 1)
        see(f"metadata of {label}", sorted(map(str, list(made.specs)[0].metadata)))
