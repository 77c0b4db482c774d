"""The nodes of a loaded code location, by what a plan calls them."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.specs import AssetSpec
from orchestrator.execution.run_request import NodeId
from orchestrator.planning.plan import Step
from orchestrator.workspace.flatten import PlacedOp, placed_ops


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
        #: The IO managers of the assets, by key.
        self.managers = {key: output.io_manager_key for key, (_, output) in self.made_by.items()}
        for item in definitions.assets:
            if isinstance(item, AssetSpec):
                self.managers[key_text(item.key)] = item.io_manager_key or DEFAULT_IO_MANAGER_KEY
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
        own = self.own_resources(node_id)
        return {**self.resources, **own} if own else self.resources

    def own_resources(self, node_id: NodeId) -> Mapping[str, Any]:
        """The resources that a node brings along."""
        in_job, name = node_id
        if not in_job:
            return self.assets[name].resource_defs
        job = self.jobs[name]
        return job.resource_defs if isinstance(job, JobDefinition) else {}
