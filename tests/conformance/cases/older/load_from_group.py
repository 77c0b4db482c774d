import dagster as dg
from observe import see

# Asset selection by source groups and key prefixes with sources.

source = dg.SourceAsset("s", group_name="g")


@dg.asset(group_name="g")
def a() -> None: ...


S = dg.AssetSelection
graph = dg.Definitions(assets=[a, source]).resolve_asset_graph()
see("groups", S.groups("g").resolve(graph))
see("with sources", S.groups("g", include_sources=True).resolve(graph))
see("all with sources", S.all(include_sources=True).resolve(graph))
