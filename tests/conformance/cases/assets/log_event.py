import dagster as dg
from observe import ran

# Events logged through the context.


@dg.asset
def talker(context):
    context.log_event(
        dg.AssetMaterialization("foreign", description="d", metadata={"a": 1}, tags={"t": "u"}, partition="p")
    )
    context.log_event(dg.AssetObservation("seen", metadata={"b": 2}))
    context.log_event(dg.ExpectationResult(success=True, label="fine"))
    return 1


ran("run", dg.materialize([talker]))


@dg.asset
def bad(context):
    context.log_event("text")


ran("bad", dg.materialize([bad], raise_on_error=False))
