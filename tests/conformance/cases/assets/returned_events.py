import dagster as dg
from observe import ran

# Returning an event that is no result of an asset.

DIFFERS = {
    "observation": "a result that observes is recorded as an observation",
}


@dg.asset
def materialization():
    return dg.AssetMaterialization("materialization")


@dg.asset
def observation():
    return dg.ObserveResult(metadata={"a": 1})


@dg.asset
def class_itself():
    return dg.MaterializeResult


@dg.asset
def list_of_results():
    return [dg.MaterializeResult(), dg.MaterializeResult()]


for made in (materialization, observation, class_itself, list_of_results):
    ran(made.op.name, dg.materialize([made], raise_on_error=False))
