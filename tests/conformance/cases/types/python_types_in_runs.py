import dagster as dg
import dataclasses
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple, Union

from observe import fails, see

# Which annotations are checked when a run passes values, and how.


@dataclasses.dataclass
class Point:
    x: int


class Pair(NamedTuple):
    a: int
    b: str


VALUES = {
    "int": 1,
    "bool": True,
    "float": 1.5,
    "str": "a",
    "none": None,
    "list": [1, 2],
    "mixed": [1, "a"],
    "dict": {"a": 1},
    "wrong_dict": {1: "a"},
    "tuple": (1, "a"),
    "set": {1},
    "point": Point(1),
    "pair": Pair(1, "b"),
}

KINDS = {
    "int": int,
    "float": float,
    "bool": bool,
    "str": str,
    "List_int": List[int],
    "list": list,
    "Dict": Dict[str, int],
    "dict": dict,
    "Optional": Optional[int],
    "Tuple": Tuple[int, str],
    "tuple": tuple,
    "Set": Set[int],
    "Any": Any,
    "point": Point,
    "pair": Pair,
    "nested": Dict[str, List[int]],
    "optional_list": Optional[List[Optional[int]]],
}

for kind, annotation in KINDS.items():

    def take(x):
        return True

    take.__annotations__ = {"x": annotation}
    checked = dg.op(name=f"take_{kind}")(take)
    found = {}
    for name, value in VALUES.items():
        try:
            checked(value)
        except dg.DagsterTypeCheckDidNotPass:
            found[name] = False
        else:
            found[name] = True
    see(kind, [checked.input_defs[0].dagster_type.display_name, sorted(name for name, ok in found.items() if ok)])

with fails("union"):

    @dg.op
    def union(x: Union[int, str]):
        return x

    see("union type", union.input_defs[0].dagster_type.display_name)
    union([1])

with fails("bar"):

    @dg.op
    def bar(x: int | None):
        return x

    see("bar type", bar.input_defs[0].dagster_type.display_name)
    bar("a")
