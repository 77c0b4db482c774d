"""`SourceAsset`, the older name of a spec of an asset that is made elsewhere."""

from collections.abc import Mapping
from typing import Any, Never

from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.specs import AssetSpec

_IO_MANAGER = "dagster/io_manager_key"
_PARAMETERS = ("key", "metadata", "io_manager_key", "io_manager_def", "description", "group_name", "tags")


class SourceAsset(AssetSpec):
    """An asset that nobody here makes.

    Args:
        key: its name.
        metadata: facts about it.
        io_manager_key: the resource that loads its value.
        description: for people.
        group_name: where listings put it.
        tags: for finding it.
        io_manager_def: the IO manager itself, instead of a key.
        resource_defs: resources that it needs.
        refused: anything else; raises.

    Raises:
        DefinitionError: one of them is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    __slots__ = ("resource_defs",)

    def __init__(
        self,
        key: CoercibleToAssetKey,
        metadata: Mapping[str, Any] | None = None,
        io_manager_key: str | None = None,
        *,
        description: str | None = None,
        group_name: str | None = None,
        tags: Mapping[str, str] | None = None,
        io_manager_def: Any = None,
        resource_defs: Mapping[str, Any] | None = None,
        **refused: Never,
    ) -> None:
        source = caller_source()
        refuse_parameters(refused, "SourceAsset", _PARAMETERS, source)
        self.resource_defs = dict(resource_defs or {})
        if io_manager_def is not None:
            io_manager_key = io_manager_key or f"{AssetKey(key).to_python_identifier()}__io_manager"
            self.resource_defs[io_manager_key] = io_manager_def
        loaded_by = {} if io_manager_key is None else {_IO_MANAGER: io_manager_key}
        super().__init__(
            key,
            metadata={**(metadata or {}), **loaded_by},
            description=description,
            group_name=group_name,
            tags=tags,
            source=source,
        )

    @property
    def io_manager_key(self) -> str | None:
        """The resource that loads its value."""
        found = self.metadata.get(_IO_MANAGER)
        return None if found is None else str(getattr(found, "value", found))

    @property
    def is_observable(self) -> bool:
        """Whether orch can look at it."""
        return False

    @property
    def is_executable(self) -> bool:
        """Whether a step can make or observe it."""
        return False

    def to_spec(self) -> AssetSpec:
        """The same under its current name."""
        return self.replace_attributes()
