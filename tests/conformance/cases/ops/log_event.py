import dagster as dg
from observe import ran

# The context records events in the middle of a step.


@dg.op
def eventful(context):
    context.log_event(dg.AssetMaterialization("thing"))
    context.log_event(dg.AssetObservation("thing"))
    return 1


@dg.job
def j():
    eventful()


ran("run", j.execute_in_process())
