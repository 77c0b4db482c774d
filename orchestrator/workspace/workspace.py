"""All code locations of a workspace, loaded or failed, and the graph they make together."""

from functools import cached_property
from typing import TYPE_CHECKING, Self

from orchestrator.definitions.upward import fetch
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.snapshot import LoadFailure, LocationSnapshot
from orchestrator.workspace.forking import fork_hazard, open_files
from orchestrator.workspace.load import install_alias, load_location
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.settings import WorkspaceSettings

if TYPE_CHECKING:
    from orchestrator.definitions.collection import Definitions
    from orchestrator.workspace.process import LocationWorker


class Workspace:
    """Code locations and their workers; a context manager. Made by `open_workspace`."""

    def __init__(self, settings: WorkspaceSettings) -> None:
        self.settings = settings
        self.locations: tuple[LocationSnapshot, ...] = ()
        self.failures: tuple[LoadFailure, ...] = ()
        #: The definitions of the location that was loaded in this process, by its name.
        self.definitions: dict[str, Definitions] = {}
        #: The workers of the others, by the name of their location.
        self.workers: dict[str, LocationWorker] = {}
        #: What keeps this process from becoming two since it has loaded a location; empty if nothing does.
        self.fork_hazard = ""

    @property
    def refs(self) -> tuple[LocationRef, ...]:
        """Where the locations are."""
        return self.settings.refs

    @cached_property
    def graph(self) -> AssetGraph:
        """The assets of all locations that were loaded."""
        return AssetGraph.build(self.locations, failed_locations=[failure.name for failure in self.failures])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.close(at_once=kind is not None)

    def start_workers(self) -> None:
        """Start a worker for the location that was loaded in this process, if there is none.

        It is a copy of this process, if that is safe: as long as this process has one thread, so the earlier the better.
        """
        start = fetch("workspace.process", "start_beside")  # most commands need none
        for name, definitions in self.definitions.items():
            if name not in self.workers:
                ref = next(ref for ref in self.refs if ref.name == name)
                self.workers[name] = start(ref, definitions, self.fork_hazard)

    def close(self, *, at_once: bool = False) -> None:
        """End the workers."""
        for worker in self.workers.values():
            worker.close(at_once=at_once)
        self.workers.clear()


def open_workspace(settings: WorkspaceSettings, *, in_workers: bool = False) -> Workspace:
    """Load all code locations.

    One location is loaded in this process. Several, or one with its own interpreter, are loaded by a worker each, in
    parallel, so that they never meet. A location that cannot be loaded is a value among `failures`.

    Args:
        settings: where they are.
        in_workers: load also one alone in a worker: this process goes on, and will load it again when it has changed.
    """
    workspace = Workspace(settings)
    refs = settings.refs
    if len(refs) == 1 and refs[0].executable_path is None and not in_workers:
        before = open_files()
        loaded = load_location(refs[0])
        workspace.fork_hazard = fork_hazard(before)
        if loaded.definitions is not None:
            workspace.definitions[refs[0].name] = loaded.definitions
        found = [loaded.snapshot]
    else:
        found = _load_in_workers(workspace)
    workspace.locations = tuple(one for one in found if isinstance(one, LocationSnapshot))
    workspace.failures = tuple(one for one in found if isinstance(one, LoadFailure))
    return workspace


def _load_in_workers(workspace: Workspace) -> list[LocationSnapshot | LoadFailure]:
    start = fetch("workspace.process", "LocationWorker")  # one location alone needs none
    try:
        for ref in workspace.refs:
            install_alias(ref)  # selections are read here
        for ref in workspace.refs:  # all start before any is waited for
            workspace.workers[ref.name] = start(ref)
        return [worker.describe() for worker in workspace.workers.values()]
    except BaseException:
        workspace.close(at_once=True)
        raise
