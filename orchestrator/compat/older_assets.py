"""`SourceAsset`, the older name of a spec of an asset that is made elsewhere."""

from collections.abc import Mapping
from typing import Any, Never

from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey
from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.specs import AssetSpec

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

    gives_way = True
    __slots__ = ("own_manager_key", "resource_defs")

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
        self.own_manager_key = io_manager_key
        super().__init__(
            key,
            metadata=coerce_metadata(metadata, "a SourceAsset"),
            description=description,
            group_name=group_name,
            tags=tags,
            source=source,
        )

    @property
    def io_manager_key(self) -> str | None:
        """The resource that loads its value."""
        return self.own_manager_key

    @property
    def is_observable(self) -> bool:
        """Whether orch can look at it."""
        return False

    @property
    def is_executable(self) -> bool:
        """Whether a step can make or observe it."""
        return False

    def replace_attributes(self, **changes: Any) -> "SourceAsset":
        """The same with some attributes replaced.

        Raises:
            DefinitionError: an attribute does not exist or is not valid.
        """
        given = {
            name: getattr(self, name) for name in ("key", "metadata", "io_manager_key", "description", "group_name")
        }
        return SourceAsset(**{**given, "tags": self.plain_tags, "resource_defs": self.resource_defs, **changes})

    def to_spec(self) -> AssetSpec:
        """The same under its current name."""
        spec = AssetSpec(**self._attributes())
        return spec if self.io_manager_key is None else spec.with_io_manager_key(self.io_manager_key)
