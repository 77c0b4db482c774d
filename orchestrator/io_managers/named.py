"""IO managers as resources that run config may configure, by the names Dagster gives them."""

from orchestrator.definitions.config_scalars import StringSource
from orchestrator.definitions.config_types import Field
from orchestrator.definitions.io_definitions import IOManagerDefinition
from orchestrator.definitions.resource_definitions import InitResourceContext
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.io_managers.memory import InMemoryIOManager


def _filesystem(context: InitResourceContext) -> FilesystemIOManager:
    return FilesystemIOManager((context.resource_config or {}).get("base_dir"))


#: Pickles in the folder or below the URL `base_dir`, else in orch's home. See `FilesystemIOManager`.
fs_io_manager = IOManagerDefinition(
    _filesystem,
    {"base_dir": Field(StringSource, is_required=False, description="a folder, or a URL that fsspec reads")},
    description="keeps each value as a pickle",
    value_home="home",
)

#: Values in the memory of this process, gone when the run ends. See `InMemoryIOManager`.
mem_io_manager = IOManagerDefinition(
    InMemoryIOManager, description="keeps values in memory while a run lasts", value_home="memory"
)
