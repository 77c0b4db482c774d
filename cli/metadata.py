"""Metadata values as text for a terminal."""

import msgspec

from orchestrator.definitions.metadata_values import (
    AnyMetadataValue,
    JsonMetadataValue,
    NullMetadataValue,
    TableMetadataValue,
    TableSchemaMetadataValue,
    TimestampMetadataValue,
)

from .tables import render_table
from .times import iso


def render_metadata(value: AnyMetadataValue) -> str:
    """A value as text, of several lines if need be."""
    match value:
        case TableMetadataValue():
            headers = [column.name for column in value.schema.columns] if value.schema else []
            rows = [
                ["" if (cell := record.data.get(name)) is None else str(cell) for name in headers]
                for record in value.records
            ]
            return render_table(headers, rows) if headers else "(no columns)"
        case TableSchemaMetadataValue():
            columns = [(column.name, column.type, column.description or "") for column in value.schema.columns]
            return render_table(("column", "type", "description"), columns)
        case JsonMetadataValue():
            return msgspec.json.format(msgspec.json.encode(value.value), indent=2).decode()
        case TimestampMetadataValue():
            return iso(value.value)
        case NullMetadataValue():
            return "null"
        case _:
            return str(value.value)
