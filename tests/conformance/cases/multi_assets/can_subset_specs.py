import dagster as dg
from observe import ran

# Subsets of specs; more or less than selected is produced.


@dg.multi_asset(specs=[dg.AssetSpec("a", skippable=True), dg.AssetSpec("b", skippable=True)], can_subset=True)
def honest(context):
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(asset_key=key)


@dg.multi_asset(specs=[dg.AssetSpec("c", skippable=True), dg.AssetSpec("d", skippable=True)], can_subset=True)
def too_much(context):
    yield dg.MaterializeResult(asset_key="c")
    yield dg.MaterializeResult(asset_key="d")


@dg.multi_asset(specs=[dg.AssetSpec("e"), dg.AssetSpec("f")], can_subset=True)
def required(context):
    yield dg.MaterializeResult(asset_key="e")


ran("honest", dg.materialize([honest], selection=["b"]))
ran("too much", dg.materialize([too_much], selection=["c"], raise_on_error=False))
ran("required, part", dg.materialize([required], selection=["e"], raise_on_error=False))
ran("required, all", dg.materialize([required], raise_on_error=False))
