import dagster as dg
from observe import fails, see

import typing as t

# Which values pass which annotation.


class Thing:
    pass


class Child(Thing):
    pass


CHECKS = {
    "int True": (int, True),
    "int 1.0": (int, 1.0),
    "float 1": (float, 1),
    "float 1.5": (float, 1.5),
    "str bytes": (str, b""),
    "bool 1": (bool, 1),
    "list tuple": (list, (1,)),
    "list": (list, [1, "a"]),
    "dict": (dict, {1: 2}),
    "dict list": (dict, []),
    "list[int] good": (list[int], [1, 2]),
    "list[int] bad": (list[int], [1, "a"]),
    "List[int] bad": (t.List[int], [1, "a"]),
    "dict[str,int] good": (dict[str, int], {"a": 1}),
    "dict[str,int] bad key": (dict[str, int], {1: 1}),
    "dict[str,int] bad value": (dict[str, int], {"a": "b"}),
    "set[int] bad": (set[int], {"a"}),
    "set[int] good": (set[int], {1}),
    "tuple[int,str] good": (tuple[int, str], (1, "a")),
    "tuple[int,str] bad": (tuple[int, str], (1, 2)),
    "tuple[int,str] short": (tuple[int, str], (1,)),
    "Optional[int] none": (t.Optional[int], None),
    "Optional[int] bad": (t.Optional[int], "a"),
    "int | None none": (int | None, None),
    "Any": (t.Any, object()),
    "object": (object, 1),
    "class": (Thing, Thing()),
    "subclass": (Thing, Child()),
    "class bad": (Child, Thing()),
    "none for int": (int, None),
    "Sequence good": (t.Sequence[int], [1]),
    "Callable": (t.Callable, len),
    "Literal bad": (t.Literal["a"], "b"),
}
for label, (annotation, value) in CHECKS.items():
    with fails(label + " defined"):

        @dg.op(name="check")
        def check(x: annotation):
            return "passed"

        @dg.op(name="give")
        def give():
            return value

        @dg.job
        def j():
            check(give())

        result = j.execute_in_process(raise_on_error=False)
        see(label, result.success)
