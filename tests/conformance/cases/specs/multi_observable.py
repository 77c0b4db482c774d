import dagster as dg
from observe import ran, see

# Several assets observed by one step.


@dg.multi_observable_source_asset(specs=[dg.AssetSpec("north"), dg.AssetSpec("south")])
def rivers():
    yield dg.ObserveResult(asset_key="north", metadata={"cm": 1}, data_version=dg.DataVersion("n1"))
    yield dg.ObserveResult(asset_key="south", metadata={"cm": 2}, data_version=dg.DataVersion("s1"), tags={"a": "b"})


see("keys", rivers.keys)
see("executable", [rivers.is_executable, rivers.is_materializable, rivers.is_observable])
job = dg.define_asset_job("look", selection=dg.AssetSelection.assets(rivers))
defs = dg.Definitions(assets=[rivers], jobs=[job])
result = defs.resolve_job_def("look").execute_in_process()
ran("run", result)
see(
    "observed",
    [
        [e.asset_observation_data.asset_observation.asset_key, e.asset_observation_data.asset_observation.metadata]
        for e in result.get_asset_observation_events()
    ],
)
