import dagster as dg
from observe import fails, ran, see, steps

# An observed asset has a data version and is not made.

DIFFERS = {
    "selection by object": "what observes an asset can be selected as what makes one",
}


@dg.observable_source_asset
def river(context):
    return dg.DataVersion("high")


@dg.observable_source_asset(group_name="g", metadata={"m": 1}, description="d", key_prefix="p")
def lake():
    return dg.ObserveResult(data_version=dg.DataVersion("low"), metadata={"cm": 3})


@dg.asset(deps=[river])
def reader() -> None: ...


see("keys", [river.key, lake.key])
with fails("selection by object"):
    dg.AssetSelection.assets(river)
defs = dg.Definitions(assets=[river, lake, reader])
graph = defs.resolve_asset_graph()
see("observable", graph.observable_asset_keys)
see("materializable", graph.materializable_asset_keys)
see("external", graph.external_asset_keys)
job = dg.define_asset_job("look", selection=dg.AssetSelection.assets("river", ["p", "lake"]))
with fails("observe job"):
    defs = dg.Definitions(assets=[river, lake, reader], jobs=[job])
    result = defs.resolve_job_def("look").execute_in_process()
    see("steps", steps(result))
    events = result.get_asset_observation_events()
    see(
        "observed",
        sorted(
            [
                e.asset_observation_data.asset_observation.asset_key.to_user_string(),
                e.asset_observation_data.asset_observation.tags.get("dagster/data_version"),
                sorted(e.asset_observation_data.asset_observation.metadata),
            ]
            for e in events
        ),
    )
with fails("mixed"):
    ran("materialize", dg.materialize([river, reader]))
