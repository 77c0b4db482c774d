"""A run in one process: its resources, started; its config, resolved; and the ops its steps call, in their places."""

from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.assets import AssetOutput, AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.ops import DEFAULT_IO_MANAGER_KEY, OpDefinition
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.planning.plan import Step, StepInput
from orchestrator.workspace.flatten import PlacedOp, placed_ops

#: A node of a location: whether it is a job, and its name.
NodeId = tuple[bool, str]


class RunRequest(Struct, frozen=True, kw_only=True):
    """Everything a process that has loaded a code location needs to know of a run before its steps."""

    run_id: str
    #: Folder for values of IO managers that have none of their own.
    storage: str
    job: str | None = None
    #: The location of the job.
    job_location: str = ""
    tags: Mapping[str, str] = {}
    config: Mapping[str, Any] = {}
    #: The nodes that have steps in the run, and the paths of their ops, by location.
    nodes: Mapping[str, tuple[tuple[NodeId, tuple[str, ...]], ...]] = {}


class LoadedNodes:
    """The nodes of a code location, by what a plan calls them.

    Args:
        definitions: what was loaded.
        default_io_manager: used where the location has no resource `io_manager`.
    """

    def __init__(self, definitions: Definitions, default_io_manager: IOManager) -> None:
        computed = [item for item in definitions.assets if isinstance(item, AssetsDefinition)]
        self.assets = {item.name: item for item in computed}
        self.made_by = {key_text(output.spec.key): (item, output) for item in computed for output in item.outputs}
        self.jobs = {job.name: job for job in definitions.jobs}
        self.resources: dict[str, Any] = {DEFAULT_IO_MANAGER_KEY: default_io_manager, **definitions.resources}
        self.loggers = definitions.loggers
        self._placed: dict[tuple[NodeId, str], PlacedOp] = {}

    def placed(self, step: Step) -> PlacedOp:
        """The op a step calls, in its place."""
        node_id = (step.in_job, step.node)
        found = self._placed.get((node_id, step.path))
        if found is None:
            for placed in self.placed_in(node_id):
                self._placed[node_id, placed.path] = placed
            found = self._placed[node_id, step.path]
        return found

    def placed_at(self, step: Step, other: str) -> PlacedOp:
        """The op that another step of the same node calls.

        Args:
            step: a step of the node.
            other: the key of the other step.
        """
        prefix = step.key.partition("[")[0].removesuffix(step.path)
        path = other.partition("[")[0].removeprefix(prefix)
        return self.placed(msgspec.structs.replace(step, path=path))

    def placed_in(self, node_id: NodeId) -> Iterable[PlacedOp]:
        """All ops of a node, in their places."""
        in_job, name = node_id
        if in_job:
            job = self.jobs[name]
            assert isinstance(job, JobDefinition)
            return placed_ops(job.graph)
        item = self.assets[name]
        if isinstance(item.node, GraphDefinition):
            return placed_ops(item.node)
        op = item.node
        return [PlacedOp(path="", op=op, tags=op.tags, retry_policy=op.retry_policy)]

    def resources_of(self, node_id: NodeId) -> Mapping[str, Any]:
        """All resources that a node may use, as they were defined."""
        in_job, name = node_id
        own = self._own_resources(in_job=in_job, name=name)
        return {**self.resources, **own} if own else self.resources

    def _own_resources(self, *, in_job: bool, name: str) -> Mapping[str, Any]:
        if not in_job:
            return self.assets[name].resource_defs
        job = self.jobs[name]
        return job.resource_defs if isinstance(job, JobDefinition) else {}


class RunScope:
    """One run in this process. Opened before its first step, closed after its last.

    Args:
        nodes: the loaded code location.
        request: the run.
        location: the name of the code location.
        instance: where the run is recorded, if this process holds it.
    """

    def __init__(self, nodes: LoadedNodes, request: RunRequest, location: str, instance: Any = None) -> None:
        self.nodes = nodes
        self.request = request
        self.instance = instance
        self._location = location
        self._stack = ExitStack()
        self._resources: dict[NodeId, Mapping[str, Any]] = {}
        self._managers: dict[int, IOManager] = {}
        job = nodes.jobs.get(request.job or "") if request.job_location == location else None
        self.hooks: frozenset[HookDefinition] = job.hooks if job is not None else frozenset()
        self.retry_policy: RetryPolicy | None = job.retry_policy if job is not None else None

    def open(self) -> None:
        """Resolve config and start the resources that the steps need.

        Raises:
            ConfigError: the config does not fit.
            ResourceError: a resource cannot be started; those that were are torn down.
        """

    def close(self) -> None:
        """Tear the resources down, the last started first."""
        self._stack.close()

    def resources(self, node_id: NodeId) -> Mapping[str, Any]:
        """The started resources that a node may use."""
        found = self._resources.get(node_id)
        if found is None:
            found = self._resources[node_id] = self.nodes.resources_of(node_id)
        return found

    def op_config(self, step: Step) -> Any:
        """The resolved config of a step's op; None if it has none."""
        return None

    def given_input(self, step: Step, one: StepInput) -> tuple[Any, ...]:
        """The value that config or the caller gives an input, as a tuple of one; empty if they give none."""
        if step.in_job:
            job = self.nodes.jobs[step.node]
            if isinstance(job, JobDefinition) and one.graph_input in job.input_values:
                return (job.input_values[one.graph_input],)
        return ()

    def resource_config(self, key: str) -> Any:
        """The resolved config of a resource; None if it has none."""
        return None

    def io_manager(self, key: str, resources: Mapping[str, Any]) -> Any:
        """The IO manager under a resource key, told where the run keeps values."""
        manager = resources[key]
        cached = self._managers.get(id(manager))
        if cached is None:
            within = getattr(manager, "within", None)  # a duck that is no IOManager has its own place
            cached = self._managers[id(manager)] = manager if within is None else within(self.request.storage)
        return cached

    def asset_output(self, key: str) -> tuple[AssetsDefinition, AssetOutput] | None:
        """The definition of an asset of this location."""
        return self.nodes.made_by.get(key)
