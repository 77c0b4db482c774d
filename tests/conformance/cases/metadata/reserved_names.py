import dagster as dg
from observe import fails, ran, see

# Names of metadata with a meaning.


@dg.asset(
    metadata={
        "dagster/column_schema": dg.TableSchema(columns=[dg.TableColumn("a", "int")]),
        "dagster/table_name": "db.t",
        "dagster/uri": "s3://x",
    }
)
def a():
    return dg.MaterializeResult(metadata={"dagster/row_count": 5, "dagster/partition_row_count": 2})


see("definition", sorted(a.metadata_by_key[a.key]))
ran("run", dg.materialize([a]))
with fails("wrong kind"):
    dg.AssetSpec("x", metadata={"dagster/column_schema": "text"})
with fails("wrong row count"):
    dg.MaterializeResult(metadata={"dagster/row_count": "many"})
