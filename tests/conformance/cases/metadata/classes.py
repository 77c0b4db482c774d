import dagster as dg
from observe import fails, see

# The classes of metadata values made directly.

value = {
    "text": dg.TextMetadataValue("t"),
    "int": dg.IntMetadataValue(1),
    "float": dg.FloatMetadataValue(1.5),
    "bool": dg.BoolMetadataValue(True),
    "url": dg.UrlMetadataValue("http://x"),
    "path": dg.PathMetadataValue("/a"),
    "json": dg.JsonMetadataValue({"a": 1}),
    "md": dg.MarkdownMetadataValue("*a*"),
    "notebook": dg.NotebookMetadataValue("/n.ipynb"),
    "null": dg.NullMetadataValue(),
    "timestamp": dg.TimestampMetadataValue(1.0),
    "run": dg.DagsterRunMetadataValue("r"),
    "asset": dg.DagsterAssetMetadataValue(dg.AssetKey("a")),
    "artifact": dg.PythonArtifactMetadataValue("json", "loads"),
}
for name, made in value.items():
    see(name, [type(made).__name__, isinstance(made, dg.MetadataValue)])
see(
    "same as constructors",
    [
        value["text"] == dg.MetadataValue.text("t"),
        value["md"] == dg.MetadataValue.md("*a*"),
        value["json"] == dg.MetadataValue.json({"a": 1}),
    ],
)
see(
    "in an event",
    dg.AssetMaterialization("a", metadata={n: value[n] for n in ("text", "int", "url", "md", "null")}).metadata,
)
see(
    "tables",
    [
        type(dg.TableSchemaMetadataValue(dg.TableSchema(columns=[]))).__name__,
        type(dg.TableColumnLineageMetadataValue(dg.TableColumnLineage({}))).__name__,
        type(dg.TableMetadataValue([dg.TableRecord({"a": 1})], dg.TableSchema(columns=[dg.TableColumn("a")]))).__name__,
    ],
)
with fails("wrong class argument"):
    dg.IntMetadataValue("x")
see("entry", [dg.MetadataEntry("label", value=1).label, dg.MetadataEntry("label", value=1).value])
see("job", [dg.DagsterJobMetadataValue("j", "l").job_name, dg.PoolMetadataValue("p").pool])
