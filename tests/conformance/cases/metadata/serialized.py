import dagster as dg
from observe import fails, see

# Values are written and read back by serialize_value.

DIFFERS = {
    "key": "Dagster's own format for storing its objects is not served",
    "materialization": "Dagster's own format for storing its objects is not served",
    "metadata": "Dagster's own format for storing its objects is not served",
    "schema": "Dagster's own format for storing its objects is not served",
    "an object": "Dagster's own format for storing its objects is not served",
    "ended": "Dagster's own format for storing its objects is not served",
}

for label, value in {
    "key": dg.AssetKey(["a", "b"]),
    "materialization": dg.AssetMaterialization("a", metadata={"n": 1}),
    "metadata": dg.MetadataValue.text("t"),
    "schema": dg.TableSchema(columns=[dg.TableColumn("a", "int")]),
}.items():
    text = dg.serialize_value(value)
    see(label, [type(text).__name__, dg.deserialize_value(text) == value])
with fails("an object"):
    dg.serialize_value(object())
