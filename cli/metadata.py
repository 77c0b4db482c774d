"""Metadata values as text: drawn for a terminal that shows styles, plain anywhere else."""

import io
from collections.abc import Callable

import msgspec

from orchestrator.definitions.metadata_values import (
    AnyMetadataValue,
    CodeReferencesMetadataValue,
    JobMetadataValue,
    JsonMetadataValue,
    MarkdownMetadataValue,
    NullMetadataValue,
    PythonArtifactMetadataValue,
    TableColumnLineageMetadataValue,
    TableMetadataValue,
    TableSchemaMetadataValue,
    TimestampMetadataValue,
)
from orchestrator.definitions.tables import TableColumn

from .output import Output
from .tables import render_table
from .times import iso

#: How far values of several lines are indented.
INDENT = 4


def render_metadata(value: AnyMetadataValue, output: Output) -> str:
    """A value as text, of several lines if need be."""
    if output.width is not None and output.color() and isinstance(value, _DRAWN):
        return _drawn(value, max(20, output.width - INDENT))
    return _plain(value)


def _plain(value: AnyMetadataValue) -> str:
    render = _PLAIN.get(type(value))
    return str(value.value) if render is None else render(value)


def _table(value: TableMetadataValue) -> str:
    headers, rows = _cells(value)
    return render_table(headers, rows) if headers else "(no columns)"


def _schema(value: TableSchemaMetadataValue) -> str:
    columns = value.schema.columns
    rows = [(column.name, column.type, _constraints(column), column.description or "") for column in columns]
    headers = ("column", "type", "constraints", "description")
    # a column that says nothing is left out
    kept = [number for number in range(len(headers)) if number < 2 or any(row[number] for row in rows)]
    return render_table([headers[number] for number in kept], [[row[number] for number in kept] for row in rows])


def _constraints(column: TableColumn) -> str:
    constraints = column.constraints
    if constraints is None:
        return ""
    words = [*([] if constraints.nullable else ["not null"]), *(["unique"] if constraints.unique else [])]
    return ", ".join([*words, *(constraints.other or ())])


def _lineage(value: TableColumnLineageMetadataValue) -> str:
    rows = [
        (column, ", ".join(f"{dep.asset_key.to_user_string()}: {dep.column_name}" for dep in deps))
        for column, deps in value.lineage.deps_by_column.items()
    ]
    return render_table(("column", "made from"), rows)


def _json(value: JsonMetadataValue) -> str:
    return msgspec.json.format(msgspec.json.encode(value.data), indent=2).decode()


def _cells(value: TableMetadataValue) -> tuple[list[str], list[list[str]]]:
    headers = [column.name for column in value.schema.columns] if value.schema else []
    rows = [
        ["" if (cell := record.data.get(name)) is None else str(cell) for name in headers] for record in value.records
    ]
    return headers, rows


_PLAIN: dict[type, Callable[..., str]] = {
    CodeReferencesMetadataValue: lambda value: "\n".join(
        f"{one.label}: {one.source}" if one.label else one.source for one in value.code_references
    ),
    JobMetadataValue: lambda value: (
        value.job_name if value.location_name is None else f"{value.job_name} ({value.location_name})"
    ),
    JsonMetadataValue: _json,
    NullMetadataValue: lambda _: "null",
    PythonArtifactMetadataValue: lambda value: f"{value.module}.{value.name}",
    TableColumnLineageMetadataValue: _lineage,
    TableMetadataValue: _table,
    TableSchemaMetadataValue: _schema,
    TimestampMetadataValue: lambda value: iso(value.value),
}

#: Kinds that a terminal shows better than plain text does.
_DRAWN = (JsonMetadataValue, MarkdownMetadataValue, TableMetadataValue)


def _drawn(value: AnyMetadataValue, width: int) -> str:
    from rich.console import Console
    from rich.json import JSON
    from rich.markdown import Markdown

    drawing: object
    match value:
        case MarkdownMetadataValue():
            drawing = Markdown(value.md_str)
        case JsonMetadataValue():
            drawing = JSON(_json(value), ensure_ascii=False)
        case TableMetadataValue():
            drawing = _drawn_table(value)
        case _:
            return _plain(value)
    paper = io.StringIO()
    Console(file=paper, width=width, force_terminal=True, color_system="standard").print(drawing)
    return "\n".join(line.rstrip() for line in paper.getvalue().split("\n")).strip("\n")


def _drawn_table(value: TableMetadataValue) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    headers, rows = _cells(value)
    columns = value.schema.columns if value.schema else ()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for header, column in zip(headers, columns, strict=True):
        table.add_column(Text(header), justify="right" if column.type in ("int", "float") else "left")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
