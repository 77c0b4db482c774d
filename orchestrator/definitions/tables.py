"""Tables as metadata: their columns, some of their rows, and which column comes from which."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.errors import DefinitionError

#: What a cell of a table may hold.
TableCell = str | int | float | bool | None


class TableColumnConstraints(Struct, frozen=True):
    """What holds for the values of one column.

    Args:
        nullable: whether a value may be missing.
        unique: whether no value occurs twice.
        other: more constraints, in words.
    """

    nullable: bool = True
    unique: bool = False
    other: Sequence[str] | None = None

    def __post_init__(self) -> None:
        _check(isinstance(self.nullable, bool), "nullable", "TableColumnConstraints", "a bool", self.nullable)
        _check(isinstance(self.unique, bool), "unique", "TableColumnConstraints", "a bool", self.unique)
        force_setattr(self, "other", _texts(self.other, "TableColumnConstraints"))


class TableConstraints(Struct, frozen=True):
    """What holds for a table as a whole.

    Args:
        other: constraints, in words.
    """

    other: Sequence[str] | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "other", _texts(self.other, "TableConstraints"))


class TableColumn(Struct, frozen=True):
    """One column: its name, its type in the words of its source, and what is known of it.

    Args:
        name: of the column.
        type: in the words of the database or library it comes from.
        description: what it holds.
        constraints: what holds for its values.
        tags: for finding it.

    Raises:
        DefinitionError: an argument of the wrong kind.
    """

    name: str
    type: str = "string"
    description: str | None = None
    constraints: TableColumnConstraints | None = None
    tags: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        _check(isinstance(self.name, str), "name", "TableColumn", "text", self.name)
        _check(isinstance(self.type, str), "type", "TableColumn", "text", self.type)
        _check(isinstance(self.description, str | None), "description", "TableColumn", "text", self.description)
        if self.constraints is None:
            force_setattr(self, "constraints", TableColumnConstraints())
        else:
            is_right = isinstance(self.constraints, TableColumnConstraints)
            _check(is_right, "constraints", "TableColumn", "TableColumnConstraints", self.constraints)
        force_setattr(self, "tags", _tags(self.tags))


def _tags(tags: Any) -> Mapping[str, str]:
    if tags is None:
        return {}
    _check(isinstance(tags, Mapping), "tags", "TableColumn", "a dict", tags)
    for name, value in tags.items():
        _check(isinstance(name, str) and isinstance(value, str), "tags", "TableColumn", "texts by name", tags)
    return tags  # type: ignore[no-any-return]  # just checked


class TableSchema(Struct, frozen=True):
    """The columns of a table, in order.

    Args:
        columns: all of them.
        constraints: what holds for the table as a whole.

    Raises:
        DefinitionError: an argument of the wrong kind.
    """

    columns: Sequence[TableColumn]
    constraints: TableConstraints | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "columns", _members(self.columns, "columns", "TableSchema", TableColumn))
        if self.constraints is None:
            force_setattr(self, "constraints", TableConstraints())
        is_right = isinstance(self.constraints, TableConstraints)
        _check(is_right, "constraints", "TableSchema", "TableConstraints", self.constraints)

    @staticmethod
    def from_name_type_dict(name_type_dict: Mapping[str, str]) -> "TableSchema":
        """A schema from `{column: type}`."""
        return TableSchema([TableColumn(name, kind) for name, kind in name_type_dict.items()])


class TableRecord(Struct, frozen=True):
    """One row.

    Args:
        data: `{column: cell}`.

    Raises:
        DefinitionError: a cell is neither text nor a number, a bool or None.
    """

    data: Mapping[str, TableCell]

    def __post_init__(self) -> None:
        _check(isinstance(self.data, Mapping), "data", "TableRecord", "a dict", self.data)
        for name, cell in self.data.items():
            _check(isinstance(name, str), "data", "TableRecord", "cells by name", self.data)
            _check(
                isinstance(cell, str | int | float | None),
                f"column `{name}`",
                "TableRecord",
                "text, a number, a bool or None",
                cell,
            )


class TableColumnDep(Struct, frozen=True):
    """A column of an upstream asset that a column is made from.

    Args:
        asset_key: the upstream asset.
        column_name: its column.
    """

    if TYPE_CHECKING:
        asset_key: AssetKey
    else:  # a key travels as its text form
        asset_key: str
    column_name: str

    def __post_init__(self) -> None:
        _DEP_KEY.__set__(self, key_text(_DEP_KEY.__get__(self)))
        _check(isinstance(self.column_name, str), "column_name", "TableColumnDep", "text", self.column_name)

    def __repr__(self) -> str:
        return f"TableColumnDep(asset_key={self.asset_key!r}, column_name={self.column_name!r})"


class TableColumnLineage(Struct, frozen=True):
    """Which column comes from which.

    Args:
        deps_by_column: for each column, the upstream columns it is made from.

    Raises:
        DefinitionError: an argument of the wrong kind.
    """

    deps_by_column: Mapping[str, Sequence[TableColumnDep]]

    def __post_init__(self) -> None:
        _check(
            isinstance(self.deps_by_column, Mapping),
            "deps_by_column",
            "TableColumnLineage",
            "a dict",
            self.deps_by_column,
        )
        checked = {
            column: _members(deps, f"`{column}`", "TableColumnLineage", TableColumnDep)
            for column, deps in self.deps_by_column.items()
        }
        force_setattr(self, "deps_by_column", checked)


def shows_key(kind: type[Struct], name: str) -> Any:
    """Make a field that holds the text form of a key read as an `AssetKey`; returns the field's own descriptor."""
    slot = kind.__dict__[name]
    setattr(kind, name, property(lambda self: AssetKey(slot.__get__(self)), doc="The asset."))
    return slot


_DEP_KEY = shows_key(TableColumnDep, "asset_key")


def infer_schema(records: Sequence[TableRecord]) -> TableSchema:
    """The schema that the rows show: columns in order of appearance, types by the first value that is not None.

    Raises:
        DefinitionError: there are no rows.
    """
    if not records:
        raise DefinitionError(
            "a table without rows needs a schema", hint="MetadataValue.table([], schema=TableSchema(...))"
        )
    if spoken().strict_data and any(record.data.keys() != records[0].data.keys() for record in records):
        raise DefinitionError("the rows of a table have different columns", hint="give it a schema")
    kinds: dict[str, str] = {}
    for record in records:
        for name, cell in record.data.items():
            if cell is not None and kinds.get(name) is None:
                kinds[name] = _cell_kind(cell)
            kinds.setdefault(name, "")
    return TableSchema.from_name_type_dict({name: kind or "string" for name, kind in kinds.items()})


def check_records(records: object) -> list[TableRecord]:
    """Return rows as a list.

    Raises:
        DefinitionError: not a sequence of `TableRecord`.
    """
    checked: list[TableRecord] = _members(records, "records", "a table", TableRecord)
    return checked


def _cell_kind(cell: Any) -> str:
    return {bool: "bool", int: "int", float: "float"}.get(type(cell), "string")


def _members(value: object, name: str, where: str, kind: type[Any]) -> list[Any]:
    _check(isinstance(value, list | tuple), name, where, f"a list of {kind.__name__}", value)
    members: list[Any] = list(value)  # type: ignore[call-overload]  # checked above
    for member in members:
        _check(isinstance(member, kind), f"a member of {name}", where, f"a {kind.__name__}", member)
    return members


def _texts(value: Sequence[str] | None, where: str) -> list[str]:
    return [] if value is None else _members(value, "other", where, str)


def _check(is_right: bool, name: str, where: str, wanted: str, value: object) -> None:  # noqa: FBT001
    if not is_right:
        raise DefinitionError(f"{name} of {where} must be {wanted}, got {type(value).__name__}: {value!r:.80}")
