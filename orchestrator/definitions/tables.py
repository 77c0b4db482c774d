"""Tables as metadata: schema, rows and which column comes from which."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from orchestrator.definitions.keys import CoercibleToAssetKey, key_text

#: What a cell of a table may hold.
TableCell = str | int | float | bool | None


class TableColumnConstraints(Struct, frozen=True):
    """What holds for the values of one column."""

    nullable: bool = True
    unique: bool = False
    other: tuple[str, ...] = ()


class TableConstraints(Struct, frozen=True):
    """What holds for a table as a whole."""

    other: tuple[str, ...] = ()


class TableColumn(Struct, frozen=True):
    """One column: its name, its type in the words of its source, and what is known of it."""

    name: str
    type: str = "string"
    description: str | None = None
    constraints: TableColumnConstraints = TableColumnConstraints()
    tags: Mapping[str, str] = {}


class TableSchema(Struct, frozen=True):
    """The columns of a table, in order."""

    columns: Sequence[TableColumn]
    constraints: TableConstraints = TableConstraints()

    @staticmethod
    def from_name_type_dict(names_and_types: Mapping[str, str]) -> "TableSchema":
        """A schema from `{column: type}`."""
        return TableSchema([TableColumn(name, kind) for name, kind in names_and_types.items()])


class TableRecord(Struct, frozen=True):
    """One row: `{column: cell}`."""

    data: Mapping[str, TableCell]


class TableColumnDep(Struct, frozen=True):
    """A column of an upstream asset that a column is made from."""

    #: Text form of the asset's key.
    asset_key: str
    column_name: str

    def __post_init__(self) -> None:
        key_text(self.asset_key)


class TableColumnLineage(Struct, frozen=True):
    """For each column, the upstream columns it is made from."""

    deps_by_column: Mapping[str, Sequence[TableColumnDep]]


def column_dep(asset_key: CoercibleToAssetKey, column_name: str) -> TableColumnDep:
    """A `TableColumnDep` from anything that names an asset."""
    return TableColumnDep(key_text(asset_key), column_name)


def infer_schema(records: Sequence[TableRecord]) -> TableSchema:
    """The schema that the rows show: columns in order of appearance, types by the first value that is not None."""
    kinds: dict[str, str] = {}
    for record in records:
        for name, cell in record.data.items():
            if cell is not None and kinds.get(name, "string") == "string":
                kinds[name] = _cell_kind(cell)
            kinds.setdefault(name, "string")
    return TableSchema.from_name_type_dict(kinds)


def _cell_kind(cell: Any) -> str:
    return {bool: "bool", int: "int", float: "float"}.get(type(cell), "string")
