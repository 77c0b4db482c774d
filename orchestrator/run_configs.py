"""The run config of steps in any code location: what it may say, and whether it fits."""

from collections.abc import Collection, Mapping
from typing import Any

from orchestrator.definitions.config_schema import ConfigField
from orchestrator.execution.config_check import check_in_all
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.run_request import NodeId, RunRequest
from orchestrator.execution.step import StepRunner
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.snapshot import GraphSnapshot, JobSnapshot
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.workspace.workspace import Workspace


def request_for_assets(
    graph: AssetGraph, keys: Collection[str], *, job: str | None = None, job_location: str = "", config: Any = None
) -> RunRequest:
    """What is asked about the config of a run of assets.

    Args:
        graph: all assets.
        keys: those of the run.
        job: the job that runs.
        job_location: where it is defined.
        config: the run config, as a person would write it.
    """
    nodes: dict[str, dict[NodeId, tuple[str, ...]]] = {}
    for key in graph.topological(keys):
        asset = graph.assets[key]
        if asset.node is not None:
            nodes.setdefault(asset.location, {})[False, asset.node.name] = _paths(asset.node.graph)
    return _request(nodes, job, job_location, config)


def request_for_job(location: str, job: JobSnapshot, *, config: Any = None) -> RunRequest:
    """What is asked about the config of a job that runs a graph of ops."""
    return _request({location: {(True, job.name): _paths(job.graph)}}, job.name, location, config)


def without_unselected(graph: AssetGraph, selected: Collection[str], config: Mapping[str, Any]) -> Mapping[str, Any]:
    """Run config without what it says to assets that are not selected: one config serves many selections.

    Args:
        graph: all assets.
        selected: the names of the nodes that make the selected ones.
        config: the run config, as a person would write it.
    """
    ops = config.get("ops")
    if not isinstance(ops, Mapping) or all(name in selected for name in ops):
        return config
    known = {asset.node.name for asset in graph.assets.values() if asset.node is not None}
    return {**config, "ops": {name: one for name, one in ops.items() if name in selected or name not in known}}


def check_run_config(request: RunRequest, workspace: Workspace) -> None:
    """Check the config of a run that is not begun.

    Raises:
        ConfigError: lists every problem of all of them.
    """
    check_in_all(request, lambda location: _ask(request, workspace, location, check=True))


def describe_run_config(request: RunRequest, workspace: Workspace) -> ConfigField:
    """Everything the config of a run may say, as data."""
    sections: dict[str, dict[str, ConfigField]] = {}
    for location in request.nodes:
        for section in _ask(request, workspace, location, check=False).children:
            for child in section.children:
                sections.setdefault(section.name, {}).setdefault(child.name, child)
    return _fields("", [_fields(name, list(children.values())) for name, children in sections.items()])


def _ask(request: RunRequest, workspace: Workspace, location: str, *, check: bool) -> Any:
    if location in workspace.workers:
        return workspace.workers[location].look_at_config(request, check=check)
    definitions = workspace.definitions[location]
    runner = StepRunner(definitions, FilesystemIOManager(), Interrupts(), location=location)
    return runner.check_config(request) if check else runner.describe_config(request)


def _fields(name: str, children: Collection[ConfigField]) -> ConfigField:
    required = any(child.required for child in children)
    return ConfigField(name=name, type="", kind="fields", required=required, children=tuple(children))


def _paths(graph: GraphSnapshot | None) -> tuple[str, ...]:
    return ("",) if graph is None else tuple(op.path for op in graph.ops)


def _request(
    nodes: Mapping[str, Mapping[NodeId, tuple[str, ...]]], job: str | None, job_location: str, config: Any
) -> RunRequest:
    return RunRequest(
        run_id="",
        storage="",
        job=job,
        job_location=job_location,
        config=config or {},
        nodes={location: tuple(by_node.items()) for location, by_node in nodes.items()},
    )
