"""`custom_path_fs_io_manager`: values between ops at paths that the ops name."""

import pickle
from pathlib import Path
from typing import Any

from orchestrator.definitions.config_scalars import StringSource
from orchestrator.definitions.config_types import Field
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.io_definitions import IOManagerDefinition
from orchestrator.definitions.metadata import MetadataValue
from orchestrator.definitions.resource_definitions import InitResourceContext
from orchestrator.definitions.results import AssetMaterialization
from orchestrator.errors import DefinitionError
from orchestrator.io_managers.places import written_whole


class CustomPathIOManager(IOManager):
    """Pickles below a folder, at the path that `Out(metadata={"path": ...})` says.

    Args:
        base_dir: the folder; the working directory if left out.
    """

    def __init__(self, base_dir: str | None = None) -> None:
        self.base_dir = Path(base_dir or "")

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Store a value.

        Raises:
            DefinitionError: its output names no path.
        """
        path = self._path_of(context)
        with written_whole(path) as temporary:
            temporary.write_bytes(pickle.dumps(obj))
        key = [context.job_name, context.step_key, context.name]
        context.log_event(AssetMaterialization(key, metadata={"path": MetadataValue.path(str(path.resolve()))}))

    def load_input(self, context: InputContext) -> Any:
        """Load a value."""
        assert context.upstream_output is not None
        return pickle.loads(self._path_of(context.upstream_output).read_bytes())  # noqa: S301  written by this class

    def _path_of(self, context: OutputContext) -> Path:
        given = context.definition_metadata.get("path")
        if not isinstance(given, str):
            raise DefinitionError(
                f"output `{context.name}` of `{context.step_key}` says no path", hint='Out(metadata={"path": "..."})'
            )
        return self.base_dir / given


def _make(context: InitResourceContext) -> CustomPathIOManager:
    return CustomPathIOManager((context.resource_config or {}).get("base_dir"))


custom_path_fs_io_manager = IOManagerDefinition(
    _make,
    {"base_dir": Field(StringSource, is_required=False)},
    description="keeps each value as a pickle at the path that its output names",
)
