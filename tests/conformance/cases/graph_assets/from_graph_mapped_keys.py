import dagster as dg
from observe import fails, ran, see

# keys_by_input_name, keys_by_output_name, key_prefix, group of from_graph.


@dg.op
def plus(x):
    return x + 1


@dg.op
def minus(x):
    return x - 1


@dg.graph(out={"more": dg.GraphOut(), "less": dg.GraphOut()})
def split(x):
    return {"more": plus(x), "less": minus(x)}


@dg.asset
def source():
    return 4


made = dg.AssetsDefinition.from_graph(
    split,
    keys_by_input_name={"x": dg.AssetKey("source")},
    keys_by_output_name={"more": dg.AssetKey("m"), "less": dg.AssetKey(["p", "l"])},
    group_name="g",
)
see("keys", sorted(made.keys))
see("groups", sorted(set(made.group_names_by_key.values())))
ran("run", dg.materialize([source, made]))
prefixed = dg.AssetsDefinition.from_graph(split, key_prefix="pre", keys_by_input_name={"x": dg.AssetKey("source")})
see("prefixed", sorted(prefixed.keys))
with fails("unknown input"):
    dg.AssetsDefinition.from_graph(split, keys_by_input_name={"nope": dg.AssetKey("a")})
with fails("unknown output"):
    dg.AssetsDefinition.from_graph(split, keys_by_output_name={"nope": dg.AssetKey("a")})
