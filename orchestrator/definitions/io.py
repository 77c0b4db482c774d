"""IO managers: how values are stored and loaded, and what they are told about the value."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata

if TYPE_CHECKING:
    import logging


class IOManager(ABC):
    """Stores the value of an asset and loads it for those that need it."""

    #: Where values are, as far as planning needs to know: `home` (below orch's home: there if and only if a
    #: materialization is recorded), `memory` (gone with the run) or `elsewhere`.
    value_home: str = "elsewhere"

    def within(self, storage: str) -> Self:  # noqa: ARG002  for those that keep values in orch's home
        """The IO manager to use in a run whose home keeps values below the folder `storage`."""
        return self

    @abstractmethod
    def handle_output(self, context: "OutputContext", obj: Any) -> None:
        """Store `obj` as the value of `context.asset_key`."""

    @abstractmethod
    def load_input(self, context: "InputContext") -> Any:
        """Return the value of `context.asset_key`."""


class OutputContext:
    """What an IO manager is told about a value to store.

    Args:
        asset_key: the asset.
        name: the output's name in its function.
        step_key: the step that made the value.
        run_id: the run.
        definition_metadata: the asset's own metadata.
        output_metadata: what the function said about this value.
        resources: the resources of the location.
        make_log: gives the logger whose messages are kept with the run.
    """

    def __init__(
        self,
        *,
        asset_key: AssetKey,
        name: str = "result",
        step_key: str = "",
        run_id: str = "",
        definition_metadata: Mapping[str, AnyMetadataValue] | None = None,
        output_metadata: Mapping[str, AnyMetadataValue] | None = None,
        resources: Any = None,
        make_log: "Callable[[], logging.Logger] | None" = None,
    ) -> None:
        self.asset_key = asset_key
        self.name = name
        self.step_key = step_key
        self.run_id = run_id
        self.definition_metadata = definition_metadata or {}
        self.output_metadata = output_metadata or {}
        self.resources = resources
        self._make_log = make_log or _plain_logger
        self.added_metadata: dict[str, AnyMetadataValue] = {}

    @property
    def metadata(self) -> Mapping[str, AnyMetadataValue]:
        """Definition metadata, as Dagster calls it here."""
        return self.definition_metadata

    @property
    def has_asset_key(self) -> bool:
        """Whether the value belongs to an asset."""
        return True

    @property
    def log(self) -> "logging.Logger":
        """A logger whose messages are kept with the run."""
        return self._make_log()

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Record more metadata with the materialization.

        Raises:
            DefinitionError: a value is of a kind metadata cannot hold.
        """
        self.added_metadata |= coerce_metadata(metadata, f"asset `{self.asset_key.to_user_string()}`")

    def get_identifier(self) -> list[str]:
        """Where the value belongs, as parts of a path."""
        return self.asset_key.path

    def get_asset_identifier(self) -> list[str]:
        """Where the value belongs, as parts of a path."""
        return self.asset_key.path


class InputContext:
    """What an IO manager is told about a value to load.

    Args:
        asset_key: the upstream asset.
        name: the parameter that takes the value.
        step_key: the step that needs it.
        run_id: the run.
        definition_metadata: metadata of the input (`AssetIn(metadata=)`).
        upstream_output: what was known about the value when it was stored.
        resources: the resources of the location.
        make_log: gives the logger whose messages are kept with the run.
    """

    def __init__(
        self,
        *,
        asset_key: AssetKey,
        name: str | None = None,
        step_key: str = "",
        run_id: str = "",
        definition_metadata: Mapping[str, AnyMetadataValue] | None = None,
        upstream_output: OutputContext | None = None,
        resources: Any = None,
        make_log: "Callable[[], logging.Logger] | None" = None,
    ) -> None:
        self.asset_key = asset_key
        self.name = name
        self.step_key = step_key
        self.run_id = run_id
        self.definition_metadata = definition_metadata or {}
        self.upstream_output = upstream_output
        self.resources = resources
        self._make_log = make_log or _plain_logger

    @property
    def metadata(self) -> Mapping[str, AnyMetadataValue]:
        """Definition metadata of the input, as Dagster calls it here."""
        return self.definition_metadata

    @property
    def has_asset_key(self) -> bool:
        """Whether the value belongs to an asset."""
        return True

    @property
    def log(self) -> "logging.Logger":
        """A logger whose messages are kept with the run."""
        return self._make_log()

    def get_identifier(self) -> list[str]:
        """Where the value belongs, as parts of a path."""
        return self.asset_key.path

    def get_asset_identifier(self) -> list[str]:
        """Where the value belongs, as parts of a path."""
        return self.asset_key.path


def _plain_logger() -> "logging.Logger":
    import logging  # noqa: PLC0415  most IO managers never log

    return logging.getLogger("orchestrator.io_manager")
