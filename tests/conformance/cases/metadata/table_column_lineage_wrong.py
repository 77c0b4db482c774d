import dagster as dg
from observe import fails, see

# Column lineage checks what it is given.

DIFFERS = {
    "strings": "Dagster lets an AttributeError through",
}

with fails("strings"):
    dg.TableColumnLineage(deps_by_column={"a": ["b"]})
with fails("no asset"):
    dg.TableColumnDep(asset_key=3, column_name="a")
with fails("no column"):
    dg.TableColumnDep(asset_key="a")
see(
    "equal",
    dg.TableColumnDep(asset_key="a", column_name="c") == dg.TableColumnDep(asset_key=dg.AssetKey("a"), column_name="c"),
)
see("list key", dg.TableColumnDep(asset_key=["a", "b"], column_name="c").asset_key)
