"""What a user's function may return, yield or log, besides a plain value."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey
from orchestrator.definitions.metadata import AnyMetadataValue, MetadataValue, coerce_metadata, coerce_result_metadata
from orchestrator.definitions.names import check_name
from orchestrator.definitions.tags import check_tags
from orchestrator.errors import DefinitionError, MetadataError, UnsupportedParameterError

T = TypeVar("T")


class _NoValue:
    """Stands for "no value": None is a value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NO_VALUE"


NO_VALUE = _NoValue()


class DataVersion(Struct, frozen=True):
    """A version of data, as its maker tells it.

    Raises:
        DefinitionError: the value is no string.
    """

    value: str

    def __post_init__(self) -> None:
        if not isinstance(self.value, str):
            raise DefinitionError(f"a DataVersion must be a string, got {type(self.value).__name__}")


class DataProvenance(Struct, frozen=True):
    """What a materialization was made from.

    Args:
        code_version: of the function that made it.
        input_data_versions: of every asset it was made from.
        input_storage_ids: the number of the event that recorded each of them.
        is_user_provided: whether the function told its data version itself.
    """

    code_version: str
    input_data_versions: Mapping[AssetKey, DataVersion]
    input_storage_ids: Mapping[AssetKey, int | None]
    is_user_provided: bool

    def has_input_asset(self, key: AssetKey) -> bool:
        """Whether it was made from this asset."""
        return key in self.input_data_versions


class _Result:
    """Equality and text of the values below: by their parts."""

    __slots__ = ()

    def _parts(self) -> list[tuple[str, object]]:
        return [(name, getattr(self, name)) for kind in reversed(type(self).__mro__) for name in _slots(kind)]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Result) and type(self) is type(other) and self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]  # they hold dicts

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._parts())})"


def _slots(kind: type) -> tuple[str, ...]:
    slots: tuple[str, ...] = kind.__dict__.get("__slots__", ())
    return slots


class Output(_Result, Generic[T]):
    """A value to store, with what there is to say about it.

    Args:
        value: stored through the IO manager.
        output_name: which output, if there are several.
        metadata: recorded with the output, and with the materialization if it is an asset.
        data_version: the data's version, if the function knows it.
        tags: recorded with the materialization.

    Raises:
        DefinitionError: an argument of the wrong kind.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    __slots__ = ("value", "output_name", "metadata", "data_version", "tags")  # noqa: RUF023  the order they are shown in

    def __init__(
        self,
        value: T,
        output_name: str = "result",
        metadata: Mapping[str, Any] | None = None,
        data_version: DataVersion | None = None,
        *,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        self.value = value
        self.output_name = _text(output_name, "output_name", "an Output")
        self.metadata: dict[str, AnyMetadataValue] = coerce_metadata(metadata, "an Output")
        self.data_version = _data_version(data_version, "an Output")
        self.tags = None if tags is None else check_tags(tags, "an Output")

    @property
    def recorded_metadata(self) -> dict[str, AnyMetadataValue]:
        """What is recorded: the metadata."""
        return self.metadata

    def with_metadata(self, metadata: Mapping[str, Any] | None) -> "Output[T]":
        """The same value with other metadata."""
        return Output(self.value, self.output_name, metadata, self.data_version, tags=self.tags)


class DynamicOutput(_Result, Generic[T]):
    """One of any number of values of a dynamic output.

    Args:
        value: stored through the IO manager.
        mapping_key: tells this value from the others of the same output; becomes part of the names of steps.
        output_name: which output, if there are several.
        metadata: recorded with the output.

    Raises:
        DefinitionError: an argument of the wrong kind, or a mapping key that is no valid name.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    __slots__ = ("value", "mapping_key", "output_name", "metadata")  # noqa: RUF023  the order they are shown in

    def __init__(
        self,
        value: T,
        mapping_key: str,
        output_name: str = "result",
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        self.value = value
        self.mapping_key = check_name(mapping_key, "mapping key of a DynamicOutput")
        if not _MAPPING_KEY.fullmatch(self.mapping_key):
            raise DefinitionError(
                f"mapping key `{mapping_key}` of a DynamicOutput holds `-` or `.`", hint="use letters, digits and '_'"
            )
        self.output_name = _text(output_name, "output_name", "a DynamicOutput")
        self.metadata: dict[str, AnyMetadataValue] = coerce_metadata(metadata, "a DynamicOutput")


#: `-` and `.` mean something in the names of steps and in paths.
_MAPPING_KEY = re.compile(r"\w+")


class _AssetResult(_Result):
    """What is said about an asset by returning it."""

    __slots__ = ("_recorded", "_where", "asset_key", "data_version", "metadata", "tags")

    def __init__(
        self,
        asset_key: CoercibleToAssetKey | None = None,
        metadata: Mapping[str, Any] | None = None,
        check_results: Sequence[object] | None = None,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> None:
        where = f"{'an' if type(self).__name__[0] in 'AEIOU' else 'a'} {type(self).__name__}"
        if check_results:
            raise UnsupportedParameterError(
                f"parameter `check_results` of {where} is not supported yet",
                hint="remove it to go on without what it does",
            )
        self.asset_key = None if asset_key is None else AssetKey(asset_key)
        #: As given: tests of users compare it.
        self.metadata = metadata
        self._where = where
        self._recorded: dict[str, AnyMetadataValue] | None = None
        try:
            self._recorded = coerce_result_metadata(metadata, where)
        except MetadataError:
            if not spoken().late_metadata:
                raise
        self.data_version = _data_version(data_version, where)
        self.tags = None if tags is None else check_tags(tags, where)

    @property
    def check_results(self) -> Sequence[object]:
        """The results of checks of the asset: none."""
        return ()

    @property
    def recorded_metadata(self) -> dict[str, AnyMetadataValue]:
        """What is recorded.

        Raises:
            MetadataError: a value is of a kind that metadata cannot hold, and it was let pass until now.
        """
        return coerce_result_metadata(self.metadata, self._where) if self._recorded is None else self._recorded

    def _parts(self) -> list[tuple[str, object]]:
        return [
            ("asset_key", self.asset_key),
            ("metadata", self.metadata),
            ("data_version", self.data_version),
            ("tags", self.tags),
        ]


class MaterializeResult(_AssetResult, Generic[T]):
    """Says that an asset was materialized; stores a value only if one is given.

    Args:
        asset_key: which asset; needed if the function makes several.
        metadata: recorded with the materialization.
        check_results: not supported yet.
        data_version: the data's version, if the function knows it.
        tags: recorded with the materialization.
        value: stored through the IO manager, if given.

    Raises:
        DefinitionError: an argument of the wrong kind, or metadata that cannot hold a value.
    """

    __slots__ = ("value",)

    def __init__(
        self,
        asset_key: CoercibleToAssetKey | None = None,
        metadata: Mapping[str, Any] | None = None,
        check_results: Sequence[object] | None = None,
        data_version: DataVersion | None = None,
        tags: Mapping[str, str] | None = None,
        value: T | _NoValue = NO_VALUE,
    ) -> None:
        super().__init__(asset_key, metadata, check_results, data_version, tags)
        self.value = value

    def _parts(self) -> list[tuple[str, object]]:
        return [*super()._parts(), ("value", self.value)]


class ObserveResult(_AssetResult):
    """Says what was seen of an asset that somebody else makes.

    Args:
        asset_key: which asset; needed if the function observes several.
        metadata: recorded with the observation.
        check_results: not supported yet.
        data_version: the data's version.
        tags: recorded with the observation.

    Raises:
        DefinitionError: an argument of the wrong kind, or metadata that cannot hold a value.
    """

    __slots__ = ()


class _AssetEvent(Struct, frozen=True):
    asset_key: CoercibleToAssetKey
    description: str | None = None
    metadata: Mapping[str, Any] | None = None
    partition: str | None = None
    tags: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        where = f"an {type(self).__name__}"
        key = self.asset_key
        if isinstance(key, str):  # text is split where no name can hold its characters: a path becomes a key
            key = [part for part in _NO_NAME.split(key) if part]
        force_setattr(self, "asset_key", AssetKey(key))
        force_setattr(self, "metadata", coerce_metadata(self.metadata, where))
        force_setattr(self, "tags", None if self.tags is None else check_tags(self.tags, where))
        _optional_text(self.description, "description", where)
        _optional_text(self.partition, "partition", where)

    @property
    def data_version(self) -> str | None:
        """The version of the data, where its tag tells it."""
        return (self.tags or {}).get("dagster/data_version")

    @property
    def label(self) -> str:
        """The parts of the key, joined by blanks."""
        return " ".join(AssetKey(self.asset_key).path)


_NO_NAME = re.compile(r"[^\w.\-]+")


class AssetMaterialization(_AssetEvent, frozen=True):
    """Says that some asset was materialized, of this run or anybody's; to be yielded or logged.

    Args:
        asset_key: which asset.
        description: what happened.
        metadata: recorded with the materialization.
        partition: which partition of it.
        tags: recorded with the materialization.

    Raises:
        DefinitionError: an argument of the wrong kind.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    @staticmethod
    def file(
        path: str, description: str | None = None, asset_key: CoercibleToAssetKey | None = None
    ) -> "AssetMaterialization":
        """Says that a file was written; its key is the path, if none is given."""
        text = str(path)
        return AssetMaterialization(asset_key or text, description, {"path": MetadataValue.path(text)})

    def with_metadata(self, metadata: Mapping[str, Any] | None) -> "AssetMaterialization":
        """The same with other metadata."""
        return AssetMaterialization(self.asset_key, self.description, metadata, self.partition, self.tags)


class AssetObservation(_AssetEvent, frozen=True):
    """Says what was seen of some asset; to be yielded or logged.

    Args:
        asset_key: which asset.
        description: what was seen.
        metadata: recorded with the observation.
        partition: which partition of it.
        tags: recorded with the observation.

    Raises:
        DefinitionError: an argument of the wrong kind.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.tags is None:
            force_setattr(self, "tags", {})


class ExpectationResult(Struct, frozen=True):
    """Says whether data met an expectation; to be yielded or logged.

    Args:
        success: whether it did.
        label: the expectation's name.
        description: what was expected.
        metadata: recorded with the result.

    Raises:
        DefinitionError: an argument of the wrong kind.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    success: bool
    label: str | None = None
    description: str | None = None
    metadata: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.success, bool):
            raise DefinitionError(f"`success` of an ExpectationResult must be True or False, got {self.success!r:.60}")
        _optional_text(self.label, "label", "an ExpectationResult")
        _optional_text(self.description, "description", "an ExpectationResult")
        force_setattr(self, "label", "result" if self.label is None else self.label)
        force_setattr(self, "metadata", coerce_metadata(self.metadata, "an ExpectationResult"))


def _text(value: object, name: str, where: str) -> str:
    if isinstance(value, str):
        return value
    raise DefinitionError(f"`{name}` of {where} must be text, got {value!r:.60}")


def _optional_text(value: object, name: str, where: str) -> None:
    if value is not None:
        _text(value, name, where)


def _data_version(value: object, where: str) -> DataVersion | None:
    if value is None or isinstance(value, DataVersion):
        return value
    raise DefinitionError(
        f"`data_version` of {where} must be a DataVersion, got {value!r:.60}", hint=f"DataVersion({str(value)!r:.60})"
    )
