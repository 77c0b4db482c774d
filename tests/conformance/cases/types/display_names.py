import dagster as dg
from observe import see

import typing as t

# How types are called.

for label, annotation in {
    "int": int,
    "str": str,
    "float": float,
    "bool": bool,
    "dict": dict,
    "list": list,
    "any": t.Any,
    "list int": t.List[int],
    "optional": t.Optional[int],
    "dict str": t.Dict[str, int],
    "set": set,
    "tuple": t.Tuple[int, str],
    "set int": t.Set[int],
    "nested": t.List[t.Optional[int]],
}.items():

    @dg.op(name="f")
    def f(x: annotation):
        return x

    see(label, f.ins["x"].dagster_type.display_name)


@dg.op
def none(x):
    return x


see("none", none.ins["x"].dagster_type.display_name)
see("none out", none.outs["result"].dagster_type.display_name)
