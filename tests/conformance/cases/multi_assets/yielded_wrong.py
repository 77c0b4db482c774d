import dagster as dg
from observe import ran

# Missing, doubled, unknown and nameless results.


def define(name, *results, **outs):
    @dg.multi_asset(name=name, outs={f"{name}_a": dg.AssetOut(**outs), f"{name}_b": dg.AssetOut(**outs)})
    def made():
        yield from results

    return made


cases = [
    define("missing", dg.Output(1, "missing_a")),
    define("twice", dg.Output(1, "twice_a"), dg.Output(1, "twice_a"), dg.Output(2, "twice_b")),
    define("unknown", dg.Output(1, "nope")),
    define("unknown_key", dg.MaterializeResult("nope")),
    define("nameless", dg.Output(1)),
    define("keyless", dg.MaterializeResult()),
    define("nothing"),
    define("plain", 1, 2),
    define("optional_missing", dg.Output(1, "optional_missing_a"), is_required=False),
    define("optional_nothing", is_required=False),
]
for made in cases:
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
