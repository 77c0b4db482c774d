"""From what users write as metadata to metadata values, and back.

Metadata of a definition stays as it was written, for IO managers and for whoever reads the definition; it becomes values
when the code location is described (`describe_metadata`). What a step says becomes values at once (`coerce_metadata`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from os import PathLike
from typing import Any

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.metadata_values import (
    AnyMetadataValue,
    BoolMetadataValue,
    FloatMetadataValue,
    IntMetadataValue,
    JsonMetadataValue,
    Metadata,
    MetadataValue,
    NullMetadataValue,
    PathMetadataValue,
    TableColumnLineageMetadataValue,
    TableSchemaMetadataValue,
    TextMetadataValue,
)
from orchestrator.definitions.plain import plain_json
from orchestrator.definitions.tables import TableColumnLineage, TableSchema
from orchestrator.errors import ArgumentError, DefinitionError, MetadataError, OrchestratorError

#: The names of values that most modules need come from here too.
__all__ = [
    "AnyMetadataValue",
    "Metadata",
    "MetadataValue",
    "check_metadata",
    "coerce_metadata",
    "coerce_result_metadata",
    "describe_metadata",
    "plain_metadata",
]

_NULL = NullMetadataValue()

_PLAIN: dict[type, Callable[[Any], AnyMetadataValue]] = {
    str: TextMetadataValue,
    bool: BoolMetadataValue,
    int: IntMetadataValue,
    float: FloatMetadataValue,
    type(None): lambda _: _NULL,
    dict: MetadataValue.json,
    list: MetadataValue.json,
    tuple: MetadataValue.json,
    AssetKey: MetadataValue.asset,
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
    return {name: _coerce(value, name, where) for name, value in check_metadata(metadata, where).items()}


def coerce_result_metadata(metadata: object, where: str) -> dict[str, AnyMetadataValue]:
    """The same for an object that is returned to say something: a value of a wrong kind is an argument of a wrong kind.

    Raises:
        DefinitionError: not a mapping, or a name is no string.
        ArgumentError: a value is of a kind metadata cannot hold.
        MetadataError: a list or dict holds what JSON cannot say.
    """
    try:
        return coerce_metadata(metadata, where)
    except MetadataError as error:
        values = metadata.values() if isinstance(metadata, Mapping) else ()
        if any(isinstance(value, tuple) or not isinstance(value, _MAY_BE_HELD) for value in values):
            raise ArgumentError(error.message, hint=error.hint) from None
        raise


#: Kinds of which some values are metadata.
_MAY_BE_HELD = (str, int, float, bool, type(None), Mapping, list, PathLike, datetime, MetadataValue, AssetKey)


def check_metadata(metadata: object, where: str) -> Mapping[str, Any]:
    """Return the metadata of a definition as it was written.

    Args:
        metadata: a mapping of names to anything, or None.
        where: whose metadata it is, for messages.

    Raises:
        DefinitionError: not a mapping, or a name is no string.
    """
    if metadata is None:
        return {}
    if isinstance(metadata, Mapping):
        for name in metadata:
            if not isinstance(name, str):
                raise DefinitionError(f"metadata of {where} has the name {name!r}; names must be strings")
        return metadata
    if isinstance(metadata, set) and metadata == {...}:
        raise DefinitionError(
            f"metadata of {where} is the placeholder `{{...}}`", hint='write the entries, such as {"rows": 12}'
        )
    raise DefinitionError(f"metadata of {where} must be a dict, got {type(metadata).__name__}: {metadata!r:.80}")


def describe_metadata(metadata: Mapping[str, Any]) -> dict[str, AnyMetadataValue]:
    """Values for the metadata of a definition; an object that is for an IO manager only becomes the name of its type."""
    described: dict[str, AnyMetadataValue] = {}
    for name, value in metadata.items():
        try:
            described[name] = _coerce(value, name, "")
        except MetadataError:
            described[name] = TextMetadataValue(f"({type(value).__name__})")
    return described


def plain_metadata(metadata: Metadata) -> dict[str, Any]:
    """Metadata as a user would have written it: text, numbers and JSON as plain objects, other kinds as they are."""
    return {name: value.value if type(value) in _UNWRAPPED else value for name, value in metadata.items()}


_UNWRAPPED = frozenset(
    {
        TextMetadataValue, BoolMetadataValue, IntMetadataValue, FloatMetadataValue, JsonMetadataValue, NullMetadataValue,
    }
)  # fmt: skip


def _coerce(value: object, name: str, where: str) -> AnyMetadataValue:
    plain = _PLAIN.get(type(value))
    if spoken().strict_data and isinstance(value, tuple | datetime):
        raise MetadataError(f"metadata `{name}` of {where} cannot hold a {type(value).__name__}")
    try:
        if plain is not None:
            return plain(value)
        return _coerce_rare(value)
    except OrchestratorError as error:
        raise MetadataError(f"metadata `{name}` of {where}: {error.message}", hint=error.hint) from None


def _coerce_rare(value: Any) -> AnyMetadataValue:
    if isinstance(value, MetadataValue):
        return value  # type: ignore[return-value]  # every subclass is in the union
    if isinstance(value, PathLike):
        return PathMetadataValue(value)  # type: ignore[arg-type]  # it becomes text
    if isinstance(value, Mapping):
        return JsonMetadataValue(plain_json(dict(value)))
    if hasattr(value, "item") and getattr(value, "shape", None) == () and not spoken().strict_data:  # a numpy scalar
        value = value.item()
    for kind, make in _PLAIN.items():  # subclasses: enums of str, IntEnum, pandas timestamps
        if isinstance(value, kind):
            return make(value)
    raise MetadataError(
        f"cannot hold a value of type {type(value).__module__}.{type(value).__qualname__}",
        hint="use str, int, float, bool, None, a list or dict of these, a Path, or MetadataValue.*",
    )
