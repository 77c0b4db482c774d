"""The kinds of metadata values, each of which says how to show it.

A value knows its JSON form: `{"kind": ..., "value": ...}`.
"""

from collections.abc import Callable, Mapping, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, SupportsFloat

from msgspec import Struct, field
from msgspec.structs import force_setattr

from orchestrator.definitions.code_references import LocalFileCodeReference, UrlCodeReference
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.plain import plain_json, seconds_of
from orchestrator.definitions.tables import (
    TableColumnLineage,
    TableRecord,
    TableSchema,
    check_records,
    infer_schema,
    shows_key,
)
from orchestrator.errors import DefinitionError

if TYPE_CHECKING:
    from datetime import datetime


class MetadataValue(Struct, frozen=True, tag_field="kind"):
    """A value a person or a tool may want to see. Has constructors of all kinds.

    Plain values become one by themselves where metadata is asked for: text, numbers, bools, None, lists and dicts,
    paths, asset keys, moments, schemas of tables. The constructors serve to say what kind of text it is.
    """

    @property
    def value(self) -> Any:
        """The value itself."""
        raise NotImplementedError

    @staticmethod
    def text(text: str) -> "TextMetadataValue":
        """Plain text."""
        return TextMetadataValue(text)

    @staticmethod
    def url(url: str) -> "UrlMetadataValue":
        """A link."""
        return UrlMetadataValue(url)

    @staticmethod
    def path(path: "str | PathLike[str]") -> "PathMetadataValue":
        """A path in a file system."""
        return PathMetadataValue(path)  # type: ignore[arg-type]  # it becomes text

    @staticmethod
    def notebook(path: "str | PathLike[str]") -> "NotebookMetadataValue":
        """The path of a notebook."""
        return NotebookMetadataValue(path)  # type: ignore[arg-type]  # it becomes text

    @staticmethod
    def json(data: Any) -> "JsonMetadataValue":
        """Anything JSON can say; checked now, so that a bad value is found where it is written.

        Raises:
            MetadataError: it holds what JSON cannot say.
        """
        _check(not (spoken().strict_data and isinstance(data, int | float)), "json", data)
        return JsonMetadataValue(plain_json(data))

    @staticmethod
    def md(data: str) -> "MarkdownMetadataValue":
        """Markdown text."""
        return MarkdownMetadataValue(data)

    @staticmethod
    def python_artifact(python_artifact: Callable[..., Any]) -> "PythonArtifactMetadataValue":
        """A class or function.

        Raises:
            DefinitionError: it is neither.
        """
        if not callable(python_artifact):
            raise DefinitionError(f"a python_artifact is a class or function, got {python_artifact!r:.60}")
        return PythonArtifactMetadataValue(python_artifact.__module__, python_artifact.__name__)

    @staticmethod
    def float(value: float | None) -> "FloatMetadataValue":
        """A number with a fraction."""
        return FloatMetadataValue(value)

    @staticmethod
    def int(value: int | None) -> "IntMetadataValue":
        """A whole number."""
        return IntMetadataValue(value)

    @staticmethod
    def bool(value: bool | None) -> "BoolMetadataValue":
        """True or false."""
        return BoolMetadataValue(value)

    @staticmethod
    def timestamp(value: "SupportsFloat | datetime") -> "TimestampMetadataValue":
        """A moment: seconds since 1970 (UTC), or a datetime with a time zone.

        Raises:
            MetadataError: the datetime has no time zone, or the number is no moment.
        """
        return TimestampMetadataValue(seconds_of(value))

    @staticmethod
    def asset(asset_key: CoercibleToAssetKey) -> "AssetMetadataValue":
        """A pointer to an asset."""
        _check(isinstance(asset_key, AssetKey) or not spoken().strict_data, "asset", asset_key)
        return AssetMetadataValue(AssetKey(asset_key))

    @staticmethod
    def job(
        job_name: str, location_name: str | None = None, *, repository_name: str | None = None
    ) -> "JobMetadataValue":
        """A pointer to a job."""
        return JobMetadataValue(job_name, location_name, repository_name)

    @staticmethod
    def dagster_run(run_id: str) -> "RunMetadataValue":
        """A pointer to a run."""
        return RunMetadataValue(run_id)

    @staticmethod
    def pool(pool: str) -> "PoolMetadataValue":
        """A pointer to a concurrency pool."""
        return PoolMetadataValue(pool)

    @staticmethod
    def table(records: Sequence[TableRecord], schema: TableSchema | None = None) -> "TableMetadataValue":
        """Some rows of a table; without a schema it is read off the rows.

        Raises:
            DefinitionError: there are neither rows nor a schema, or something is no row.
        """
        return TableMetadataValue(records, schema)

    @staticmethod
    def table_schema(schema: TableSchema) -> "TableSchemaMetadataValue":
        """The columns of a table."""
        return TableSchemaMetadataValue(schema)

    @staticmethod
    def column_lineage(lineage: TableColumnLineage) -> "TableColumnLineageMetadataValue":
        """Which column comes from which."""
        return TableColumnLineageMetadataValue(lineage)

    table_column_lineage = column_lineage

    @staticmethod
    def code_location_reconstruction(data: str) -> "CodeLocationReconstructionMetadataValue":
        """What is needed to load a code location again without what it was made from."""
        return CodeLocationReconstructionMetadataValue(data)

    @staticmethod
    def null() -> "NullMetadataValue":
        """Nothing, said on purpose."""
        return NullMetadataValue()


class TextMetadataValue(MetadataValue, frozen=True, tag="text"):
    """Plain text."""

    text: str = field(name="value")  # type: ignore[assignment]  # hides the constructor

    def __post_init__(self) -> None:
        force_setattr(self, "text", _text(self.text, "text"))

    @property
    def value(self) -> str:
        """The text."""
        return self.text


class UrlMetadataValue(MetadataValue, frozen=True, tag="url"):
    """A link."""

    url: str = field(name="value")  # type: ignore[assignment]  # hides the constructor

    def __post_init__(self) -> None:
        force_setattr(self, "url", _text(self.url, "url"))

    @property
    def value(self) -> str:
        """The link."""
        return self.url


class _FileValue(MetadataValue, frozen=True):
    path: str = field(name="value")  # type: ignore[assignment]  # hides the constructor

    def __post_init__(self) -> None:
        given: Any = self.path
        if isinstance(given, PathLike):
            given = fspath(given)
        force_setattr(self, "path", _text(given, "path"))

    @property
    def value(self) -> str:
        """The path."""
        return self.path

    @property
    def fspath(self) -> str:
        """The path."""
        return self.value

    def __repr__(self) -> str:
        return f"{type(self).__name__}(fspath={self.path!r})"


class PathMetadataValue(_FileValue, frozen=True, tag="path"):
    """A path in a file system."""


class NotebookMetadataValue(_FileValue, frozen=True, tag="notebook"):
    """The path of a notebook."""


class JsonMetadataValue(MetadataValue, frozen=True, tag="json"):
    """Anything JSON can say."""

    data: Any = field(name="value")

    @property
    def value(self) -> Any:
        """The data."""
        return self.data


class MarkdownMetadataValue(MetadataValue, frozen=True, tag="md"):
    """Markdown text."""

    md_str: str = field(name="value")

    def __post_init__(self) -> None:
        force_setattr(self, "md_str", _text(self.md_str, "md"))

    @property
    def value(self) -> str:
        """The text."""
        return self.md_str


class PythonArtifactMetadataValue(MetadataValue, frozen=True, tag="python_artifact"):
    """A class or function, by module and name."""

    module: str
    name: str

    @property
    def value(self) -> "PythonArtifactMetadataValue":
        """Both."""
        return self


class FloatMetadataValue(MetadataValue, frozen=True, tag="float"):
    """A number with a fraction."""

    value: float | None

    def __post_init__(self) -> None:
        _check(
            isinstance(self.value, float | None if spoken().strict_data else float | int | None), "float", self.value
        )


class IntMetadataValue(MetadataValue, frozen=True, tag="int"):
    """A whole number of any size."""

    value: int | None

    def __post_init__(self) -> None:
        _check(isinstance(self.value, int | None), "int", self.value)


class BoolMetadataValue(MetadataValue, frozen=True, tag="bool"):
    """True or false."""

    value: bool | None

    def __post_init__(self) -> None:
        _check(isinstance(self.value, bool | None), "bool", self.value)


class TimestampMetadataValue(MetadataValue, frozen=True, tag="timestamp"):
    """A moment, in seconds since 1970 (UTC)."""

    value: float


class AssetMetadataValue(MetadataValue, frozen=True, tag="asset"):
    """A pointer to an asset."""

    if TYPE_CHECKING:
        asset_key: AssetKey
    else:  # a key travels as its text form
        asset_key: str = field(name="value")

    def __post_init__(self) -> None:
        _ASSET_KEY.__set__(self, key_text(_ASSET_KEY.__get__(self)))

    @property
    def value(self) -> AssetKey:
        """The key."""
        return self.asset_key

    def __repr__(self) -> str:
        return f"{type(self).__name__}(asset_key={self.asset_key!r})"


class JobMetadataValue(MetadataValue, frozen=True, tag="job"):
    """A pointer to a job."""

    job_name: str = field(name="value")
    location_name: str | None = None
    repository_name: str | None = None

    def __post_init__(self) -> None:
        _check(isinstance(self.job_name, str), "job", self.job_name)

    @property
    def value(self) -> "JobMetadataValue":
        """Job and location."""
        return self


class RunMetadataValue(MetadataValue, frozen=True, tag="dagster_run"):
    """A pointer to a run."""

    run_id: str = field(name="value")

    def __post_init__(self) -> None:
        _check(isinstance(self.run_id, str), "dagster_run", self.run_id)

    @property
    def value(self) -> str:
        """The run's id."""
        return self.run_id


class PoolMetadataValue(MetadataValue, frozen=True, tag="pool"):
    """A pointer to a concurrency pool."""

    pool: str = field(name="value")  # type: ignore[assignment]  # hides the constructor

    def __post_init__(self) -> None:
        _check(isinstance(self.pool, str), "pool", self.pool)

    @property
    def name(self) -> str:
        """The pool's name."""
        return self.value

    @property
    def value(self) -> str:
        """The pool's name."""
        return self.pool


class TableMetadataValue(MetadataValue, frozen=True, tag="table"):
    """Some rows of a table with its schema."""

    records: Sequence[TableRecord]
    schema: TableSchema | None = None

    def __post_init__(self) -> None:
        force_setattr(self, "records", check_records(self.records))
        if self.schema is None:
            force_setattr(self, "schema", infer_schema(self.records))

    @property
    def value(self) -> "TableMetadataValue":
        """The table itself."""
        return self


class TableSchemaMetadataValue(MetadataValue, frozen=True, tag="table_schema"):
    """The columns of a table."""

    schema: TableSchema = field(name="value")

    def __post_init__(self) -> None:
        _check(isinstance(self.schema, TableSchema), "TableSchema", self.schema)

    @property
    def value(self) -> TableSchema:
        """The schema."""
        return self.schema


class TableColumnLineageMetadataValue(MetadataValue, frozen=True, tag="table_column_lineage"):
    """Which column comes from which."""

    column_lineage: TableColumnLineage = field(name="value")  # type: ignore[assignment]  # hides the constructor

    def __post_init__(self) -> None:
        _check(isinstance(self.column_lineage, TableColumnLineage), "TableColumnLineage", self.column_lineage)

    @property
    def value(self) -> TableColumnLineage:
        """The lineage."""
        return self.column_lineage

    @property
    def lineage(self) -> TableColumnLineage:
        """The lineage."""
        return self.column_lineage


class CodeLocationReconstructionMetadataValue(MetadataValue, frozen=True, tag="code_location_reconstruction"):
    """What is needed to load a code location again without what it was made from."""

    data: str = field(name="value")

    @property
    def value(self) -> str:
        """The data."""
        return self.data


class CodeReferencesMetadataValue(MetadataValue, frozen=True, tag="code_references"):
    """The places of the code that something is made by.

    Args:
        code_references: files of this machine, and links.
    """

    code_references: Sequence[LocalFileCodeReference | UrlCodeReference] = field(name="value")

    def __post_init__(self) -> None:
        given = self.code_references
        _check(isinstance(given, list | tuple), "list of code references", given)
        for reference in given:
            is_right = isinstance(reference, LocalFileCodeReference | UrlCodeReference)
            _check(is_right, "LocalFileCodeReference or UrlCodeReference", reference)
        force_setattr(self, "code_references", list(given))

    @property
    def value(self) -> "CodeReferencesMetadataValue":
        """The references themselves."""
        return self


class NullMetadataValue(MetadataValue, frozen=True, tag="null"):
    """Nothing, said on purpose."""

    @property
    def value(self) -> None:
        """None."""
        return


_ASSET_KEY = shows_key(AssetMetadataValue, "asset_key")

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
    | PoolMetadataValue
    | TableMetadataValue
    | TableSchemaMetadataValue
    | TableColumnLineageMetadataValue
    | CodeLocationReconstructionMetadataValue
    | CodeReferencesMetadataValue
    | NullMetadataValue
)

#: Coerced metadata, by name.
Metadata = Mapping[str, AnyMetadataValue]


def _text(value: object, kind: str) -> str:
    if value is None:
        return ""
    _check(isinstance(value, str), kind, value)
    return str.__str__(value)  # an enum of str: its value, not its name


def _check(is_right: bool, kind: str, value: object) -> None:  # noqa: FBT001
    if not is_right:
        raise DefinitionError(f"a metadata value of kind {kind} cannot hold {type(value).__name__}: {value!r:.60}")
