import dagster as dg
from observe import see

# Column lineage as metadata.

lineage = dg.TableColumnLineage(
    deps_by_column={
        "total": [
            dg.TableColumnDep(asset_key="orders", column_name="amount"),
            dg.TableColumnDep(asset_key=dg.AssetKey(["raw", "tax"]), column_name="rate"),
        ],
        "id": [],
    }
)
see("deps", {name: [[d.asset_key, d.column_name] for d in deps] for name, deps in lineage.deps_by_column.items()})
value = dg.MetadataValue.column_lineage(lineage)
see("class", type(value).__name__)


@dg.asset(metadata={"dagster/column_lineage": lineage})
def invoices():
    return dg.MaterializeResult(metadata={"dagster/column_lineage": lineage})


result = dg.materialize([invoices])
found = result.get_asset_materialization_events()[0].materialization.metadata["dagster/column_lineage"]
see("kind", type(found).__name__)
see("read back", sorted(found.column_lineage.deps_by_column))
