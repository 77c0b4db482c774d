import dagster as dg
from observe import fails, see

# Schemas, columns and constraints.

schema = dg.TableSchema(
    columns=[
        dg.TableColumn(
            "id",
            "int",
            description="key",
            constraints=dg.TableColumnConstraints(nullable=False, unique=True, other=["positive"]),
            tags={"pii": "no"},
        ),
        dg.TableColumn("name"),
    ],
    constraints=dg.TableConstraints(other=["rows > 0"]),
)
first, second = schema.columns
see(
    "first",
    [
        first.name,
        first.type,
        first.description,
        first.constraints.nullable,
        first.constraints.unique,
        first.constraints.other,
        first.tags,
    ],
)
see(
    "second",
    [
        second.name,
        second.type,
        second.description,
        second.constraints.nullable,
        second.constraints.unique,
        second.constraints.other,
        second.tags,
    ],
)
see("table constraints", schema.constraints.other)
see("default constraints", dg.TableSchema(columns=[]).constraints.other)
see("from names", [[c.name, c.type] for c in dg.TableSchema.from_name_type_dict({"a": "int", "b": "string"}).columns])
see("as metadata", type(dg.MetadataValue.table_schema(schema)).__name__)
see("inside", dg.MetadataValue.table_schema(schema).schema == schema)
with fails("columns of strings"):
    dg.TableSchema(columns=["a"])
with fails("columns of dicts"):
    see("dict columns", [c.name for c in dg.TableSchema(columns=[{"name": "a"}]).columns])
with fails("no columns"):
    dg.TableSchema()
with fails("number name"):
    dg.TableColumn(3)
with fails("none tag"):
    dg.TableColumn("a", tags={"k": 1})
