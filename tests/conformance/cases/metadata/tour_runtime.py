import dagster as dg
from observe import fails, ran


@dg.asset(metadata={"static": "s", "owner": "me"})
def a(context):
    context.add_output_metadata({"one": 1})
    context.add_output_metadata({"two": 2})
    return dg.Output(1, metadata={"three": 3})


@dg.asset
def b(context):
    context.add_asset_metadata({"x": 1})
    context.add_asset_metadata({"x": 2, "y": dg.MetadataValue.md("m")})


@dg.multi_asset(specs=[dg.AssetSpec("c"), dg.AssetSpec("d")])
def m(context):
    context.add_asset_metadata(asset_key="c", metadata={"q": "c"})
    context.add_output_metadata({"q": "d"}, output_name="d")
    yield dg.MaterializeResult(asset_key="c", metadata={"r": 1})
    yield dg.MaterializeResult(asset_key="d", tags={"tag": "v"})


@dg.asset
def bad(context):
    context.add_output_metadata({"x": object()})


@dg.asset
def bad2():
    return dg.MaterializeResult(metadata={"x": object()})


@dg.asset
def bad3():
    return dg.Output(1, metadata="x")


@dg.asset
def obs(context):
    context.log_event(dg.AssetObservation("other", metadata={"k": 1}, description="d"))
    context.log_event(dg.AssetMaterialization("made", metadata={"z": 1.5}, description="dd", tags={"t": "u"}))
    context.log_event(dg.ExpectationResult(False, label="exp", metadata={"e": "f"}))


ran("run", dg.materialize([a, b, m, obs]))
for x in (bad, bad2, bad3):
    ran(x.op.name, dg.materialize([x], raise_on_error=False))
with fails("log wrong"):

    @dg.asset
    def w(context):
        context.log_event(5)

    dg.materialize([w])
with fails("nonexistent output"):

    @dg.asset
    def w2(context):
        context.add_output_metadata({"a": 1}, output_name="zz")

    dg.materialize([w2])
