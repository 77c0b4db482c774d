"""Metadata: values a person or a tool may want to see, each with a kind that says how to show it.

Users write plain values or call `MetadataValue.md(...)`; `coerce_metadata` turns both into the frozen values below,
which know their JSON form through their tag (`kind`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from math import isfinite
from pathlib import PurePath
from typing import Any, SupportsFloat

import msgspec
from msgspec import Struct

from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.tables import TableColumnLineage, TableRecord, TableSchema, infer_schema
from orchestrator.errors import DefinitionError, MetadataError


class _Value(Struct, frozen=True, tag_field="kind"):
    """What all kinds have in common."""


class TextMetadataValue(_Value, frozen=True, tag="text"):
    """Plain text."""

    value: str

    @property
    def text(self) -> str:
        """The text."""
        return self.value


class UrlMetadataValue(_Value, frozen=True, tag="url"):
    """A link."""

    value: str

    @property
    def url(self) -> str:
        """The link."""
        return self.value


class PathMetadataValue(_Value, frozen=True, tag="path"):
    """A path in a file system."""

    value: str

    @property
    def path(self) -> str:
        """The path."""
        return self.value


class NotebookMetadataValue(_Value, frozen=True, tag="notebook"):
    """The path of a notebook."""

    value: str

    @property
    def path(self) -> str:
        """The path."""
        return self.value


class JsonMetadataValue(_Value, frozen=True, tag="json"):
    """Anything JSON can say."""

    value: Any

    @property
    def data(self) -> Any:
        """The data."""
        return self.value


class MarkdownMetadataValue(_Value, frozen=True, tag="md"):
    """Markdown text."""

    value: str

    @property
    def md_str(self) -> str:
        """The text."""
        return self.value


class PythonArtifactMetadataValue(_Value, frozen=True, tag="python_artifact"):
    """A class or function, by module and name."""

    module: str
    name: str

    @property
    def value(self) -> str:
        """The dotted name."""
        return f"{self.module}.{self.name}"


class FloatMetadataValue(_Value, frozen=True, tag="float"):
    """A number with a fraction."""

    value: float | None


class IntMetadataValue(_Value, frozen=True, tag="int"):
    """A whole number of any size."""

    value: int | None


class BoolMetadataValue(_Value, frozen=True, tag="bool"):
    """True or false."""

    value: bool | None


class TimestampMetadataValue(_Value, frozen=True, tag="timestamp"):
    """A moment, in seconds since 1970 (UTC)."""

    value: float


class AssetMetadataValue(_Value, frozen=True, tag="asset"):
    """A pointer to an asset; `value` is the text form of its key."""

    value: str

    @property
    def asset_key(self) -> AssetKey:
        """The key."""
        return AssetKey(self.value)


class JobMetadataValue(_Value, frozen=True, tag="job"):
    """A pointer to a job."""

    value: str
    location_name: str | None = None

    @property
    def job_name(self) -> str:
        """The job's name."""
        return self.value


class RunMetadataValue(_Value, frozen=True, tag="dagster_run"):
    """A pointer to a run, by its id."""

    value: str

    @property
    def run_id(self) -> str:
        """The run's id."""
        return self.value


class TableMetadataValue(_Value, frozen=True, tag="table"):
    """Some rows of a table with its schema."""

    records: Sequence[TableRecord]
    schema: TableSchema

    @property
    def value(self) -> "TableMetadataValue":
        """The table itself."""
        return self


class TableSchemaMetadataValue(_Value, frozen=True, tag="table_schema"):
    """The columns of a table."""

    value: TableSchema

    @property
    def schema(self) -> TableSchema:
        """The schema."""
        return self.value


class TableColumnLineageMetadataValue(_Value, frozen=True, tag="table_column_lineage"):
    """Which column comes from which."""

    value: TableColumnLineage

    @property
    def column_lineage(self) -> TableColumnLineage:
        """The lineage."""
        return self.value


class NullMetadataValue(_Value, frozen=True, tag="null"):
    """Nothing, said on purpose."""

    @property
    def value(self) -> None:
        """None."""
        return


#: Any kind of metadata value; msgspec reads the union back by its tag.
AnyMetadataValue = (
    TextMetadataValue
    | UrlMetadataValue
    | PathMetadataValue
    | NotebookMetadataValue
    | JsonMetadataValue
    | MarkdownMetadataValue
    | PythonArtifactMetadataValue
    | FloatMetadataValue
    | IntMetadataValue
    | BoolMetadataValue
    | TimestampMetadataValue
    | AssetMetadataValue
    | JobMetadataValue
    | RunMetadataValue
    | TableMetadataValue
    | TableSchemaMetadataValue
    | TableColumnLineageMetadataValue
    | NullMetadataValue
)

#: Coerced metadata, by name.
Metadata = Mapping[str, AnyMetadataValue]


class MetadataValue:
    """Constructors of all kinds of metadata values."""

    @staticmethod
    def text(text: str) -> TextMetadataValue:
        """Plain text."""
        return TextMetadataValue(text)

    @staticmethod
    def url(url: str) -> UrlMetadataValue:
        """A link."""
        return UrlMetadataValue(url)

    @staticmethod
    def path(path: str | PurePath) -> PathMetadataValue:
        """A path in a file system."""
        return PathMetadataValue(str(path))

    @staticmethod
    def notebook(path: str | PurePath) -> NotebookMetadataValue:
        """The path of a notebook."""
        return NotebookMetadataValue(str(path))

    @staticmethod
    def json(data: Any) -> JsonMetadataValue:
        """Anything JSON can say; checked now, so that a bad value is found where it is written."""
        return _json(data)

    @staticmethod
    def md(data: str) -> MarkdownMetadataValue:
        """Markdown text."""
        return MarkdownMetadataValue(data)

    @staticmethod
    def python_artifact(python_artifact: Callable[..., Any]) -> PythonArtifactMetadataValue:
        """A class or function."""
        return PythonArtifactMetadataValue(python_artifact.__module__, python_artifact.__qualname__)

    @staticmethod
    def float(value: float | None) -> FloatMetadataValue:
        """A number with a fraction."""
        return FloatMetadataValue(value)

    @staticmethod
    def int(value: int | None) -> IntMetadataValue:
        """A whole number."""
        return IntMetadataValue(value)

    @staticmethod
    def bool(value: bool | None) -> BoolMetadataValue:
        """True or false."""
        return BoolMetadataValue(value)

    @staticmethod
    def timestamp(value: "SupportsFloat | datetime") -> TimestampMetadataValue:
        """A moment: seconds since 1970 (UTC), or a datetime with a time zone.

        Raises:
            DefinitionError: the datetime has no time zone.
        """
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise DefinitionError(f"has no time zone: {value}", hint="use datetime.now(timezone.utc)")
            return TimestampMetadataValue(value.timestamp())
        seconds = float(value)
        if not isfinite(seconds):
            raise DefinitionError(f"timestamp {seconds} is no moment")
        return TimestampMetadataValue(seconds)

    @staticmethod
    def asset(asset_key: CoercibleToAssetKey) -> AssetMetadataValue:
        """A pointer to an asset."""
        return AssetMetadataValue(key_text(asset_key))

    @staticmethod
    def job(job_name: str, location_name: str | None = None) -> JobMetadataValue:
        """A pointer to a job."""
        return JobMetadataValue(job_name, location_name)

    @staticmethod
    def dagster_run(run_id: str) -> RunMetadataValue:
        """A pointer to a run."""
        return RunMetadataValue(run_id)

    @staticmethod
    def table(records: Sequence[TableRecord], schema: TableSchema | None = None) -> TableMetadataValue:
        """Some rows of a table; without a schema it is read off the rows."""
        return TableMetadataValue(tuple(records), schema or infer_schema(records))

    @staticmethod
    def table_schema(schema: TableSchema) -> TableSchemaMetadataValue:
        """The columns of a table."""
        return TableSchemaMetadataValue(schema)

    @staticmethod
    def column_lineage(lineage: TableColumnLineage) -> TableColumnLineageMetadataValue:
        """Which column comes from which."""
        return TableColumnLineageMetadataValue(lineage)

    table_column_lineage = column_lineage

    @staticmethod
    def null() -> NullMetadataValue:
        """Nothing, said on purpose."""
        return NullMetadataValue()


_PLAIN: dict[type, Callable[[Any], AnyMetadataValue]] = {
    str: TextMetadataValue,
    bool: BoolMetadataValue,
    int: IntMetadataValue,
    float: FloatMetadataValue,
    type(None): lambda _: NullMetadataValue(),
    AssetKey: lambda key: AssetMetadataValue(key_text(key)),
    TableSchema: TableSchemaMetadataValue,
    TableColumnLineage: TableColumnLineageMetadataValue,
    datetime: MetadataValue.timestamp,
}


def coerce_metadata(metadata: object, where: str) -> dict[str, AnyMetadataValue]:
    """Turn what a user wrote as metadata into values.

    Args:
        metadata: a mapping of names to plain values or metadata values, or None.
        where: whose metadata it is, for messages.

    Raises:
        DefinitionError: not a mapping, or a name is no string.
        MetadataError: a value is of a kind metadata cannot hold.
    """
    if not metadata:
        if metadata is None or isinstance(metadata, Mapping):
            return {}
    elif isinstance(metadata, Mapping):
        return {_name(name, where): _coerce(value, name, where) for name, value in metadata.items()}
    if isinstance(metadata, set) and metadata == {...}:
        raise DefinitionError(
            f"metadata of {where} is the placeholder `{{...}}`", hint='write the entries, such as {"rows": 12}'
        )
    raise DefinitionError(f"metadata of {where} must be a dict, got {type(metadata).__name__}: {metadata!r:.80}")


def _name(name: object, where: str) -> str:
    if isinstance(name, str):
        return name
    raise DefinitionError(f"metadata of {where} has the name {name!r}; names must be strings")


def _coerce(value: object, name: str, where: str) -> AnyMetadataValue:
    plain = _PLAIN.get(type(value))
    try:
        if plain is not None:
            return plain(value)
        return _coerce_rare(value)
    except DefinitionError as error:
        raise MetadataError(f"metadata `{name}` of {where}: {error.message}", hint=error.hint) from None


def _coerce_rare(value: object) -> AnyMetadataValue:
    if isinstance(value, _Value):
        return value  # type: ignore[return-value]  # every subclass of _Value is in the union
    if isinstance(value, PurePath):
        return PathMetadataValue(str(value))
    if isinstance(value, Mapping | list | tuple):
        return _json(value)
    if hasattr(value, "item") and getattr(value, "shape", None) == ():  # a numpy scalar
        return _coerce_rare(value.item())
    for kind, make in _PLAIN.items():  # subclasses: enums of str, IntEnum, pandas timestamps
        if isinstance(value, kind):
            return make(value)
    raise DefinitionError(
        f"cannot hold a value of type {type(value).__module__}.{type(value).__qualname__}",
        hint="use str, int, float, bool, None, a list or dict of these, a Path, or MetadataValue.*",
    )


def _json(data: object) -> JsonMetadataValue:
    try:
        return JsonMetadataValue(msgspec.json.decode(msgspec.json.encode(data, enc_hook=_plain_number)))
    except (TypeError, ValueError, RecursionError) as error:
        raise DefinitionError(f"cannot be written as JSON: {error}") from None


def _plain_number(value: Any) -> object:
    """Turn numpy scalars inside JSON into numbers; anything else is the caller's mistake."""
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return value.item()
    raise TypeError(f"a {type(value).__name__} is not JSON")
