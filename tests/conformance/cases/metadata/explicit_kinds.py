import dagster as dg
from observe import see

# Every kind of metadata value by its constructor.

kinds = {
    "text": dg.MetadataValue.text("t"),
    "url": dg.MetadataValue.url("http://x.org"),
    "path": dg.MetadataValue.path("/a/b"),
    "notebook": dg.MetadataValue.notebook("/a/n.ipynb"),
    "json dict": dg.MetadataValue.json({"a": 1}),
    "json list": dg.MetadataValue.json([1, 2]),
    "md": dg.MetadataValue.md("**b**"),
    "float": dg.MetadataValue.float(1.5),
    "int": dg.MetadataValue.int(2),
    "bool": dg.MetadataValue.bool(True),
    "null": dg.MetadataValue.null(),
    "timestamp": dg.MetadataValue.timestamp(1000.5),
    "run": dg.MetadataValue.dagster_run("some-run"),
    "job": dg.MetadataValue.job("my_job", "my_location"),
    "asset": dg.MetadataValue.asset(dg.AssetKey("a")),
    "pool": dg.MetadataValue.pool("p"),
}
see("classes", {label: type(value).__name__ for label, value in kinds.items()})
see("values", {label: value.value for label, value in kinds.items() if label not in ("asset", "job", "pool")})
see("text", kinds["text"].text)
see("url", kinds["url"].url)
see("path", kinds["path"].path)
see("json", kinds["json dict"].data)
see("md", kinds["md"].md_str)
see("asset key", kinds["asset"].asset_key)
see("run id", kinds["run"].run_id)
see("job name", [kinds["job"].job_name, kinds["job"].location_name])
see("equal", dg.MetadataValue.int(1) == dg.MetadataValue.int(1))
see("classes exported", dg.MetadataValue.text("a") == dg.TextMetadataValue("a"))
