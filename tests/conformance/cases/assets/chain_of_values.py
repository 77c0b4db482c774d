import dagster as dg
from observe import see

from dataclasses import dataclass

# Values of many kinds go from asset to asset unchanged.


@dataclass
class Loaf:
    grams: int


VALUES = {
    "text": "t",
    "bytes": b"b",
    "none": None,
    "nan_free_float": 1.5,
    "set": {1, 2},
    "nested": {"a": [(1, 2)]},
    "empty": [],
    "big": 10**30,
    "type_": int,
}


def pair(name, value):
    @dg.asset(name=name)
    def up():
        return value

    @dg.asset(name=f"{name}_read", ins={"x": dg.AssetIn(name)})
    def down(x):
        return x == value and type(x) is type(value)

    return [up, down]


result = dg.materialize([a for name, value in VALUES.items() for a in pair(name, value)])
see("same", {name: result.output_for_node(f"{name}_read") for name in VALUES})
