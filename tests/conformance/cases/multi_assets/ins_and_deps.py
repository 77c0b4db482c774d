import dagster as dg
from observe import fails, ran, see

# Inputs of a multi-asset: parameters, ins, deps.


@dg.asset
def p():
    return 1


@dg.asset
def q():
    return 2


@dg.asset
def r() -> None: ...


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut()}, ins={"other": dg.AssetIn("q")}, deps=[r])
def made(p, other):
    return p, other


see("inputs", made.keys_by_input_name)
see("deps", {k.to_user_string(): v for k, v in made.asset_deps.items()})
ran("run", dg.materialize([p, q, r, made]))
with fails("specs with parameter"):

    @dg.multi_asset(specs=[dg.AssetSpec("s"), dg.AssetSpec("t", deps=[p])])
    def from_specs(p):
        yield dg.MaterializeResult("s", metadata={"p": p})
        yield dg.MaterializeResult("t")

    see("deps of specs", {k.to_user_string(): v for k, v in from_specs.asset_deps.items()})
    ran("run of specs", dg.materialize([p, from_specs], raise_on_error=False))
