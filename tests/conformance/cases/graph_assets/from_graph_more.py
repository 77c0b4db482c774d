import dagster as dg
from observe import ran, see

# descriptions, metadata, tags and internal deps of from_graph.


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph(out={"a": dg.GraphOut(), "b": dg.GraphOut()})
def chain():
    a = one()
    return {"a": a, "b": plus(a)}


made = dg.AssetsDefinition.from_graph(
    chain,
    metadata_by_output_name={"a": {"m": 1}},
    descriptions_by_output_name={"a": "first"},
    tags_by_output_name={"b": {"t": "v"}},
    internal_asset_deps={"b": {dg.AssetKey("a")}, "a": set()},
    can_subset=True,
)
see("deps", {k.to_user_string(): sorted(v) for k, v in made.asset_deps.items()})
see("metadata", made.metadata_by_key[dg.AssetKey("a")])
see("description", made.descriptions_by_key[dg.AssetKey("a")])
see("tags", made.tags_by_key[dg.AssetKey("b")])
ran("subset", dg.materialize([made], selection=["a"]))
