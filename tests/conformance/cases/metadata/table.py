import dagster as dg
from observe import fails, see

# Tables as metadata.

table = dg.MetadataValue.table(
    records=[dg.TableRecord({"name": "oat", "grams": 5}), dg.TableRecord({"name": "rye", "grams": 7})],
)
see("class", type(table).__name__)
see("records", [dict(r.data) for r in table.records])
see("schema inferred", [[c.name, c.type] for c in table.schema.columns])
given = dg.MetadataValue.table(
    records=[dg.TableRecord({"name": "oat"})],
    schema=dg.TableSchema(columns=[dg.TableColumn("name", "string", description="what")]),
)
see("schema given", [[c.name, c.type, c.description] for c in given.schema.columns])
with fails("no records"):
    dg.MetadataValue.table(records=[])
with fails("dict record"):
    dg.MetadataValue.table(records=[{"a": 1}])
with fails("record of list"):
    dg.TableRecord({"a": [1]})
with fails("record of object"):
    dg.TableRecord({"a": object()})
see("record values", dict(dg.TableRecord({"a": 1, "b": 1.5, "c": "x", "d": True, "e": None}).data))
