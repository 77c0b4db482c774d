import dagster as dg
from observe import fails, ran

# When a selection of unknown assets is found.

DIFFERS = {
    "define empty list": "Dagster trips over an empty list; ours says that the selection is empty",
}


@dg.asset
def a(): ...


for label, selection in {
    "list": ["nope"],
    "two": ["nope", "none", "a"],
    "string": "nope",
    "expression": "key:nope",
    "group": "group:nope",
    "key": dg.AssetSelection.assets("nope"),
    "empty": dg.AssetSelection.groups("g"),
    "empty list": [],
}.items():
    with fails(f"define {label}"):
        job = dg.define_asset_job("j", selection=selection)
    with fails(f"definitions {label}"):
        defs = dg.Definitions(assets=[a], jobs=[job])
    with fails(f"validate {label}"):
        dg.Definitions.validate_loadable(defs)
    with fails(f"run {label}"):
        ran(f"result of {label}", defs.resolve_job_def("j").execute_in_process())
