import dagster as dg
from observe import fails, see

# A selection widened to whole multi-assets.


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
def whole(): ...


@dg.multi_asset(specs=[dg.AssetSpec("c", skippable=True), dg.AssetSpec("d", skippable=True)], can_subset=True)
def parts(): ...


S = dg.AssetSelection
ALL = [whole, parts]
see("whole", S.assets("a").required_multi_asset_neighbors().resolve(ALL))
see("parts", S.assets("c").required_multi_asset_neighbors().resolve(ALL))
with fails("without"):
    see("plain", S.assets("a").resolve(ALL))
