"""What a run has in one code location: its nodes, the resources they need, and what config says to them."""

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.config_nodes import ConfigNode, config_node, with_left_out
from orchestrator.definitions.config_schema import ConfigField
from orchestrator.definitions.executor_config import executor_schema
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.io import takes_value_config
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.needed_resources import is_startable, needed_resources
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.run_config import (
    ResolvedRunConfig,
    describe_run_config,
    is_unknown_name,
    resolve_run_config,
    run_config_of_job,
)
from orchestrator.definitions.runtime_types import RuntimeType
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ConfigError
from orchestrator.execution.loaded_nodes import LoadedNodes
from orchestrator.execution.resources import resource_schemas
from orchestrator.execution.run_request import NodeId, RunRequest

if TYPE_CHECKING:
    from orchestrator.definitions.asset_jobs import AssetJob


class LocationPart:
    """The part of a run that one code location has.

    Args:
        loaded: the code location.
        request: the run.
        location: the name of the code location.
    """

    def __init__(self, loaded: LoadedNodes, request: RunRequest, location: str) -> None:
        self._loaded = loaded
        self._request = request
        self._nodes: tuple[tuple[NodeId, tuple[str, ...]], ...] = request.nodes.get(location, ())
        #: The job that runs, if it is defined here.
        self.job: JobDefinition | AssetJob | None = (
            loaded.jobs.get(request.job or "") if request.job_location == location else None
        )

    @cached_property
    def resources(self) -> Mapping[str, Any]:
        """Every resource that a node of the run may use, as it was defined, by key."""
        found = dict(self._loaded.resources)
        for node_id, _ in self._nodes:
            found |= self._loaded.own_resources(node_id)
        return found

    @cached_property
    def starts_resources(self) -> bool:
        """Whether a resource has to be made before the steps."""
        return any(is_startable(one) for one in self.resources.values())

    @cached_property
    def needed(self) -> list[str]:
        """The keys of the resources that the steps use, and of those that these need, in the order to start them."""
        job_hooks = frozenset() if self.job is None else self.job.hooks
        keys: dict[str, None] = {}
        for node_id, paths in self._nodes:
            wanted = set(paths)
            for placed in self._loaded.placed_in(node_id):
                if placed.path in wanted:
                    keys |= dict.fromkeys(sorted(op_resources(placed.op)))
                    keys |= {key: None for hook in placed.hooks | job_hooks for key in hook.required_resource_keys}
            if not node_id[0]:
                keys |= dict.fromkeys(self._manager_keys(self._loaded.assets[node_id[1]]))
        return needed_resources(self.resources, [key for key in keys if key in self.resources])

    def config(self) -> ResolvedRunConfig:
        """The config of the run.

        Raises:
            ConfigError: it does not fit.
        """
        return self._resolve() if self._takes_config else ResolvedRunConfig()

    def config_without(self, error: ConfigError) -> ResolvedRunConfig:
        """The config of the run, without names that only its other locations know.

        Raises:
            ConfigError: that does not help.
        """
        if len(self._request.nodes) == 1 or not all(map(is_unknown_name, error.problems)):
            raise error
        return self._resolve(whole=False)

    def processed_config(self) -> dict[str, Any]:
        """The whole run config with every default in its place, as plain data.

        Raises:
            ConfigError: the config does not fit.
        """
        return self._resolve().processed(self._root, self.needed)

    def describe_config(self) -> ConfigField:
        """Everything the run config may say about the steps of this location, as data."""
        needed = {key: self.resources[key] for key in self.needed}
        return describe_run_config(self._root, resource_schemas(needed))

    def known_loggers(self) -> Mapping[str, Any]:
        """The loggers that config may name: the job's own, else those of the location, else those of orch."""
        own = getattr(self.job, "loggers", None) or self._loaded.loggers
        found: Mapping[str, Any] = own or fetch("execution.console_loggers", "default_loggers")()
        return found

    @property
    def _takes_config(self) -> bool:
        """Whether there is config, or something that may need it."""
        if self._request.config or (self.job is not None and self.job.config) or self.starts_resources:
            return True
        for (in_job, name), _ in self._nodes:
            node = None if in_job else self._loaded.assets[name].node
            if not isinstance(node, OpDefinition) or node.config_schema is not None:
                return True
        return False

    def _manager_keys(self, item: AssetsDefinition) -> Iterable[str]:
        """The IO managers that store the assets of a node and load what it takes."""
        for output in item.outputs:
            yield output.io_manager_key
        yield from (hook_key for hook in item.hooks for hook_key in hook.required_resource_keys)
        for one in item.inputs:
            yield one.input_manager_key or next(
                (self._loaded.managers[key] for key in one.keys if key in self._loaded.managers), DEFAULT_IO_MANAGER_KEY
            )

    def _resolve(self, *, whole: bool = True) -> ResolvedRunConfig:
        """The config of the run; unless it is to be the `whole` one, what only other locations know is left out."""
        request = self._request
        what = f"job `{request.job}`" if request.job else "the run"
        config = run_config_of_job(None if self.job is None else self.job.config, request.config, what)
        root = self._root
        if self._op_job is None:
            config = self._without_others(config, root.children)
        loggers = self.known_loggers() if config.get("loggers") else {}
        if not whole:
            names = {"ops": root.children, "resources": self.resources, "loggers": loggers}
            config = {**config, **_of_names(config, names)}
        return resolve_run_config(
            root,
            config,
            what=what,
            resources=resource_schemas(self.resources),
            loggers={name: one.config_schema for name, one in loggers.items()},
            required_resources=self.needed,
            executor=executor_schema(None if self.job is None else self.job.executor)
            if "execution" in config
            else None,
        )

    @cached_property
    def _root(self) -> ConfigNode:
        """What config can say: about the graph of the job, or about the assets of the run."""
        managers = {key: one for key, one in self.resources.items() if takes_value_config(one)}
        job = self._op_job
        if job is not None:
            root = config_node(job.graph, given_inputs=job.input_values, managers=managers)
            return root if job.whole_graph is None else with_left_out(root, job.whole_graph)
        nodes = [self._loaded.assets[name] for (_, name), _ in self._nodes]
        children = {
            item.name: config_node(item.node, item.name, given_inputs=item.node.input_names, managers=managers)
            for item in nodes
        }
        return ConfigNode(name="the run", children=children, is_graph=True)

    @property
    def _op_job(self) -> JobDefinition | None:
        """The job whose graph is run, if it is no run of assets."""
        for (in_job, name), _ in self._nodes:
            job = self._loaded.jobs[name] if in_job else None
            if isinstance(job, JobDefinition):
                return job
        return None

    def _without_others(self, config: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        """Config of a run of assets, without what is meant for assets of other locations, or by a job for other runs."""
        ops = config.get("ops")
        if not isinstance(ops, Mapping):
            return config
        others = {name for nodes in self._request.nodes.values() for (_, name), _ in nodes} - own.keys()
        asked = self._request.config.get("ops") or {}
        others |= self._loaded.assets.keys() - own.keys() - set(asked)
        return {**config, "ops": {name: value for name, value in ops.items() if name not in others}}


def _of_names(config: Mapping[str, Any], names: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Sections of a config without the names that only other locations know."""
    return {
        section: {name: value for name, value in config[section].items() if name in known}
        for section, known in names.items()
        if isinstance(config.get(section), Mapping)
    }


def op_resources(op: OpDefinition) -> set[str]:
    """The resources that a step of an op uses."""
    keys = {*op.required_resource_keys, *(out.io_manager_key for out in op.outs.values())}
    for one in op.ins.values():
        keys |= one.dagster_type.all_resource_keys | loader_resources(one.dagster_type)
        if one.input_manager_key is not None:
            keys.add(one.input_manager_key)
    return keys.union(*(out.dagster_type.all_resource_keys for out in op.outs.values()))


def loader_resources(kind: RuntimeType) -> frozenset[str]:
    """The resources that making a value of run config needs."""
    own = kind.loader.required_resource_keys if kind.loader is not None else frozenset()
    return own.union(*(loader_resources(part) for part in kind.parts))
