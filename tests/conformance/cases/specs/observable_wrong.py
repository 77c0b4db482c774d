import dagster as dg
from observe import fails, ran, see

# What an observation function may not return.

DIFFERS = {
    "direct": "a function that observes can be called in a test, as one that makes an asset",
}


@dg.observable_source_asset
def text():
    return "version"


@dg.observable_source_asset
def nothing(): ...


@dg.observable_source_asset
def fails_inside():
    raise ValueError("dry")


for made in (text, nothing, fails_inside):
    job = dg.define_asset_job("look", selection=dg.AssetSelection.assets(made.key))
    with fails(f"observe {made.key.to_user_string()}"):
        result = (
            dg.Definitions(assets=[made], jobs=[job]).resolve_job_def("look").execute_in_process(raise_on_error=False)
        )
        ran(made.key.to_user_string(), result)
with fails("direct"):
    see("direct value", text())
