import dagster as dg
from observe import fails, ran, see

# A SourceAsset in deps and in ins.

source = dg.SourceAsset(["p", "outside"])


@dg.asset(deps=[source])
def follower() -> None: ...


see("deps", follower.dependency_keys)
ran("run", dg.materialize([follower, source]))


@dg.asset(ins={"x": dg.AssetIn(key=source.key)})
def reader(x): ...


see("inputs", reader.keys_by_input_name)
with fails("duplicate of an asset"):

    @dg.asset(key=["p", "outside"])
    def made(): ...

    dg.Definitions.validate_loadable(dg.Definitions(assets=[made, source]))
