import dagster as dg
from observe import ran

# What a multi-asset of specs may return.


def define(name, body):
    return dg.multi_asset(name=name, specs=[dg.AssetSpec(f"{name}_a"), dg.AssetSpec(f"{name}_b")])(body)


cases = [
    define("implicit", lambda: None),
    define("results", lambda: (dg.MaterializeResult("results_a"), dg.MaterializeResult("results_b"))),
    define("results_list", lambda: [dg.MaterializeResult("results_list_a"), dg.MaterializeResult("results_list_b")]),
    define("one", lambda: dg.MaterializeResult("one_a")),
    define("values", lambda: (1, 2)),
    define("number", lambda: 1),
    define("nones", lambda: (None, None)),
]
for made in cases:
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
