"""What a user's function may return or yield, besides a plain value."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey
from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata
from orchestrator.definitions.tags import check_tags
from orchestrator.errors import DefinitionError

T = TypeVar("T")


class _NoValue:
    """Stands for "no value": None is a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_VALUE"


NO_VALUE = _NoValue()


class DataVersion:
    """A version of data, as its maker tells it."""

    __slots__ = ("value",)

    def __init__(self, value: str) -> None:
        if not isinstance(value, str):
            raise DefinitionError(f"a DataVersion must be a string, got {type(value).__name__}")
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DataVersion) and self.value == other.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"DataVersion({self.value!r})"


class Output(Generic[T]):
    """A value to store, with what there is to say about it.

    Args:
        value: stored through the IO manager.
        output_name: which output of a multi-asset; the only one if there is one.
        metadata: recorded with the materialization.
        data_version: the data's version, if the function knows it.
        tags: recorded with the materialization.
    """

    __slots__ = ("data_version", "metadata", "output_name", "tags", "value")

    def __init__(
        self,
        value: T,
        output_name: str | None = "result",
        metadata: Mapping[str, Any] | None = None,
        *,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self.value = value
        self.output_name = output_name
        self.metadata: dict[str, AnyMetadataValue] = coerce_metadata(metadata, "an Output")
        self.data_version = data_version
        self.tags = check_tags(tags, "an Output")


class MaterializeResult(Generic[T]):
    """Says that an asset was materialized; stores a value only if one is given.

    Args:
        asset_key: which asset; needed if the function makes several.
        metadata: recorded with the materialization.
        data_version: the data's version, if the function knows it.
        tags: recorded with the materialization.
        value: stored through the IO manager, if given.
    """

    __slots__ = ("asset_key", "data_version", "metadata", "tags", "value")

    def __init__(
        self,
        *,
        asset_key: CoercibleToAssetKey | None = None,
        metadata: Mapping[str, Any] | None = None,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
        value: T | _NoValue = NO_VALUE,
    ) -> None:
        self.asset_key = None if asset_key is None else AssetKey(asset_key)
        self.metadata: dict[str, AnyMetadataValue] = coerce_metadata(metadata, "a MaterializeResult")
        self.data_version = data_version
        self.tags = check_tags(tags, "a MaterializeResult")
        self.value = value
