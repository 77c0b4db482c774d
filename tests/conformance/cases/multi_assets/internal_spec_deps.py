import dagster as dg
from observe import fails, ran, see

# Dependencies among the specs of one step.

DIFFERS = {
    "cycle inside": "a circle of assets is found before anything runs",
}


@dg.multi_asset(
    specs=[dg.AssetSpec("a", deps=["up"]), dg.AssetSpec("b", deps=["a"]), dg.AssetSpec("c", deps=["b", "up"])]
)
def chain(): ...


see("deps", {k.to_user_string(): v for k, v in chain.asset_deps.items()})
see("inputs", chain.keys_by_input_name)
ran("run", dg.materialize([chain]))
defs = dg.Definitions(assets=[chain])
graph = defs.resolve_asset_graph()
see("upstream", dg.AssetSelection.assets("c").upstream().resolve(graph))
with fails("cycle inside"):

    @dg.multi_asset(specs=[dg.AssetSpec("x", deps=["y"]), dg.AssetSpec("y", deps=["x"])])
    def ring(): ...

    dg.Definitions.validate_loadable(dg.Definitions(assets=[ring]))
