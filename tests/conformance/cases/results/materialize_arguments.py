import dagster as dg
from observe import fails, ran, see

# selection, resources, tags, run_config, partition_key, raise_on_error of materialize.


class Settings(dg.Config):
    n: int = 1


@dg.asset
def a(context, config: Settings):
    return [config.n, context.run.tags.get("t")]


@dg.asset
def b(a):
    return a


@dg.asset
def c(b):
    return b


assets = [a, b, c]
see(
    "config and tags",
    dg.materialize(assets, run_config={"ops": {"a": {"config": {"n": 4}}}}, tags={"t": "v"}).asset_value("c"),
)
ran("by name", dg.materialize(assets, selection="a"))
ran("by list", dg.materialize(assets, selection=[a]))
ran("by selection", dg.materialize(assets, selection=dg.AssetSelection.assets("a") | dg.AssetSelection.assets("b")))
ran("by text", dg.materialize(assets, selection="key:a+"))
with fails("unknown"):
    dg.materialize(assets, selection="nope")
with fails("value not there"):
    dg.materialize(assets, selection="b")
with fails("missing upstream"):
    dg.materialize([b])
with fails("not a list"):
    dg.materialize(a)
with fails("not an asset"):
    dg.materialize([5])
with fails("nothing"):
    ran("empty", dg.materialize([]))
