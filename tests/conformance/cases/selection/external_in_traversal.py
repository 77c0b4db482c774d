import dagster as dg
from observe import see

# External assets in upstream traversals.


@dg.asset(deps=["outside"])
def a() -> None: ...


@dg.asset(deps=[a])
def b() -> None: ...


S = dg.AssetSelection
graph = dg.Definitions(
    assets=[a, b, dg.AssetSpec("outside", deps=["farther"]), dg.AssetSpec("farther")]
).resolve_asset_graph()
see("upstream", S.assets("b").upstream().resolve(graph))
see("source assets", S.assets("b").upstream_source_assets().resolve(graph))
see("downstream of external", S.assets("outside").downstream().resolve(graph))
see("upstream of external", S.assets("outside").upstream().resolve(graph))
see("all", S.all().resolve(graph))
see("string", S.from_string("+key:b").resolve(graph))
see("string star", S.from_string("*b").resolve(graph))
see("roots of upstream", S.assets("b").upstream().roots().resolve(graph))
