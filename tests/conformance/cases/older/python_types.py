import dagster as dg
from observe import see

# Types by their older names.


@dg.op(
    ins={
        "a": dg.In(dg.Int),
        "b": dg.In(dg.String),
        "c": dg.In(dg.List[dg.Int]),
        "d": dg.In(dg.Optional[dg.Float]),
        "e": dg.In(dg.Dict[str, int]),
        "f": dg.In(dg.Any),
        "g": dg.In(dg.Set[int]),
        "h": dg.In(dg.Tuple[int, str]),
    },
    out=dg.Out(dg.Bool),
)
def check(a, b, c, d, e, f, g, h):
    return True


@dg.op(
    out={
        "a": dg.Out(int),
        "b": dg.Out(str),
        "c": dg.Out(list),
        "d": dg.Out(dg.Any),
        "e": dg.Out(dict),
        "f": dg.Out(dg.Any),
        "g": dg.Out(set),
        "h": dg.Out(tuple),
    }
)
def give():
    return 1, "x", [1], None, {"a": 1}, object, {1}, (1, "x")


@dg.job
def j():
    check(*give())


see("success", j.execute_in_process().output_for_node("check"))
see("names", {n: i.dagster_type.display_name for n, i in check.ins.items()})
