"""Data frames of pandas, polars and pyarrow, all by way of Arrow tables."""

import typing
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.metadata import AnyMetadataValue, MetadataValue
from orchestrator.definitions.tables import TableColumn, TableColumnConstraints, TableSchema
from orchestrator.errors import DefinitionError, InvariantError, TypeCheckError
from orchestrator.io_managers.places import name_of

if TYPE_CHECKING:
    import pyarrow as pa

#: What a frame may be, by the module and name of its class.
_KINDS = {
    ("pandas", "DataFrame"): "pandas",
    ("polars", "DataFrame"): "polars",
    ("polars", "LazyFrame"): "polars_lazy",
    ("pyarrow", "Table"): "pyarrow",
}
#: Where an IO manager notes with what it stored, so that a value without a wanted type comes back as it was.
KIND_KEY = "orchestrator.frame"


def to_arrow(context: OutputContext, frame: Any, *, keep_index: bool) -> "tuple[pa.Table, str]":
    """A frame as an Arrow table, and the kind it was.

    Args:
        context: whose value it is.
        frame: the value.
        keep_index: whether the index of a pandas frame is kept as such; else a named one becomes columns.

    Raises:
        TypeCheckError: it is no frame.
    """
    kind = _kind_of(type(frame))
    if kind == "pyarrow":
        return frame, kind
    if kind == "pandas":
        import pyarrow as pa

        if keep_index:
            return pa.Table.from_pandas(frame), kind
        named = any(name is not None for name in frame.index.names)
        return pa.Table.from_pandas(frame.reset_index() if named else frame, preserve_index=False), kind
    if kind == "polars":
        return frame.to_arrow(), kind
    if kind == "polars_lazy":
        return frame.collect().to_arrow(), kind
    raise TypeCheckError(
        f"the value of `{name_of(context)}` is no data frame but {type(frame).__name__}",
        hint="return a frame of pandas, polars or pyarrow, or use another IO manager (io_manager_key=)",
    )


def from_arrow(context: InputContext, table: "pa.Table", stored_kind: str | None) -> Any:
    """An Arrow table as the kind of frame that the input is annotated with, else as it was stored.

    Raises:
        DefinitionError: the package for that kind is not installed.
    """
    kind = _wanted_kind(context) or stored_kind or "pandas"
    if kind == "pyarrow":
        return table
    try:
        if kind == "pandas":
            return table.to_pandas()
        import polars  # noqa: ICN001  an extra
    except ImportError as error:
        raise DefinitionError(
            f"`{name_of(context)}` is to be a frame of {kind.partition('_')[0]}, which is not installed",
            hint=f"pip install orchestrator[{kind.partition('_')[0]}]",
        ) from error
    frame: Any = polars.from_arrow(table)
    return frame.lazy() if kind == "polars_lazy" else frame


def wanted_columns(context: InputContext) -> list[str] | None:
    """The columns that the input asks for in its metadata: `AssetIn(metadata={"columns": [...]})`.

    Raises:
        DefinitionError: `columns` is no list of names.
    """
    columns = context.definition_metadata.get("columns")
    if columns is None:
        return None
    if not isinstance(columns, list | tuple) or not all(isinstance(column, str) for column in columns):
        raise DefinitionError(f"metadata `columns` of input `{context.name}` must be a list of names, got {columns!r}")
    return list(columns)


def describe_table(table: "pa.Table") -> dict[str, AnyMetadataValue]:
    """The number of rows and the columns, under the names that the selection language and tools know."""
    columns = [
        TableColumn(one.name, str(one.type), constraints=TableColumnConstraints(nullable=one.nullable))
        for one in table.schema
    ]
    return {
        "dagster/row_count": MetadataValue.int(table.num_rows),
        "dagster/column_schema": MetadataValue.table_schema(TableSchema(columns)),
    }


def _wanted_kind(context: InputContext) -> str | None:
    try:
        annotated = getattr(context.dagster_type, "typing_type", context.dagster_type)
    except InvariantError:
        return None
    kinds = [_kind_of(one) for one in (annotated, *typing.get_args(annotated)) if isinstance(one, type)]
    return next((kind for kind in kinds if kind is not None), None)


def _kind_of(cls: type) -> str | None:
    for base in cls.__mro__:
        kind = _KINDS.get((base.__module__.partition(".")[0], base.__name__))
        if kind is not None:
            return kind
    return None
