import dagster as dg
from observe import fails, see

# What a run request is.


R = dg.RunRequest
see("empty", [R().run_key, R().run_config, R().tags, R().job_name, R().asset_selection, R().partition_key])
see(
    "by position",
    [
        R("k", {"ops": {}}, {"a": 1}).run_key,
        R("k", {"ops": {}}, {"a": 1}).run_config,
        R("k", {"ops": {}}, {"a": 1}).tags,
    ],
)
see("equal", [R("a") == R("a"), R("a") == R("b"), R(tags={"a": "b"}) == R(tags={"a": "b"})])
see("config object", R(run_config=dg.RunConfig(ops={"one": {"config": {"x": 1}}})).run_config["ops"])
see("assets", [key.to_user_string() for key in R(asset_selection=[dg.AssetKey("a")]).asset_selection])
for label, said in {
    "key": {"run_key": 1},
    "config": {"run_config": [1]},
    "config text": {"run_config": "x"},
    "tags": {"tags": [1]},
    "job": {"job_name": 1},
    "assets are text": {"asset_selection": ["a"]},
    "one asset": {"asset_selection": dg.AssetKey("a")},
    "partition": {"partition_key": 5},
}.items():
    with fails(label):
        R(**said)
with fails("changed"):
    R().run_key = "x"
