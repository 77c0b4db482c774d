import dagster as dg
from observe import ran

# What else a multi-asset may return for its outs.


def define(name, value):
    @dg.multi_asset(name=name, outs={f"{name}_a": dg.AssetOut(), f"{name}_b": dg.AssetOut()})
    def made():
        return value

    return made


class Pair(tuple):
    __slots__ = ()


for name, value in {
    "too_few": (1,),
    "too_many": (1, 2, 3),
    "list": [1, 2],
    "none": None,
    "number": 1,
    "by_name": {"by_name_a": 1, "by_name_b": 2},
    "string": "ab",
    "subclass": Pair((1, 2)),
    "outputs": (dg.Output(1), dg.Output(2)),
    "named_outputs": (dg.Output(1, "named_outputs_a"), dg.Output(2, "named_outputs_b")),
    "swapped_outputs": (dg.Output(1, "swapped_outputs_b"), dg.Output(2, "swapped_outputs_a")),
    "results": (dg.MaterializeResult("results_a"), dg.MaterializeResult("results_b")),
    "one_result": dg.MaterializeResult("one_result_a"),
    "nones": (None, None),
}.items():
    ran(name, dg.materialize([define(name, value)], raise_on_error=False))
