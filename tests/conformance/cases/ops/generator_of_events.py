import dagster as dg
from observe import ran, see

# An op yields materializations, observations, expectations before its output.


@dg.op
def eventful():
    yield dg.AssetMaterialization("thing", metadata={"n": 1}, description="made")
    yield dg.AssetObservation("thing", metadata={"seen": "yes"})
    yield dg.ExpectationResult(success=True, label="fine")
    yield dg.Output(1)


@dg.job
def j():
    eventful()


result = j.execute_in_process()
ran("run", result)
see("by node", [m.asset_key for m in result.asset_materializations_for_node("eventful")])
see("observations", [o.asset_key for o in result.asset_observations_for_node("eventful")])
