"""A run in one process: its resources, started; its config, resolved; and the ops its steps call, in their places."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetOutput, AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.config_nodes import ConfigNode, config_node, with_left_out
from orchestrator.definitions.config_schema import ConfigField, UnmadeConfigError
from orchestrator.definitions.env import secrets
from orchestrator.definitions.executor_config import executor_schema
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.io import IOManager, takes_value_config
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.needed_resources import is_startable, needed_resources
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.run_config import (
    ResolvedRunConfig,
    describe_run_config,
    resolve_run_config,
    run_config_of_job,
)
from orchestrator.definitions.runtime_types import RuntimeType
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, SourceRef
from orchestrator.execution.contexts import RunInfo
from orchestrator.execution.given_inputs import needs_context, read_given_input
from orchestrator.execution.resources import open_resources, resource_schemas
from orchestrator.planning.plan import Step, StepInput
from orchestrator.runs.records import EPHEMERAL_JOB
from orchestrator.workspace.flatten import PlacedOp, placed_ops

if TYPE_CHECKING:
    from orchestrator.definitions.hooks import HookDefinition
    from orchestrator.definitions.retries import RetryPolicy
    from orchestrator.execution.run_loggers import RunLoggers

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
        self._config = ResolvedRunConfig()
        self._started: Mapping[str, Any] = {}
        self._resources: dict[NodeId, Mapping[str, Any]] = {}
        self._managers: dict[int, IOManager] = {}
        self._starts = False
        job = nodes.jobs.get(request.job or "") if request.job_location == location else None
        self.hooks: frozenset[HookDefinition] = job.hooks if job is not None else frozenset()
        self.retry_policy: RetryPolicy | None = job.retry_policy if job is not None else None
        self._own_config = job.config if job is not None else None
        self._executor = job.executor if job is not None else None
        self._job_def = job
        #: What gets the messages of steps besides the run's own log.
        self.loggers: RunLoggers | None = None

    @property
    def _own_nodes(self) -> tuple[tuple[NodeId, tuple[str, ...]], ...]:
        return self.request.nodes.get(self._location, ())

    @property
    def job_def(self) -> Any:
        """The job that runs, or None."""
        if self._job_def is None and self.request.job == EPHEMERAL_JOB:
            self._job_def = _ephemeral_job()
        return self._job_def

    def prepare(self) -> None:
        """Resolve config, and make the loggers that it names.

        Raises:
            ConfigError: the config does not fit.
            UserCodeError: a logger cannot be made.
        """
        resources = self._all_resources()
        self._starts = any(is_startable(one) for one in resources.values())
        given = self.request.config or self._own_config
        if given or self._starts or self._has_config():
            self._config = self._resolve(resources, self._needed(resources), whole=len(self.request.nodes) == 1)
        if self._config.loggers:
            job = self._job_def or _ephemeral_job()
            self.loggers = fetch("execution.run_loggers", "RunLoggers")(
                self._known_loggers(), self._config.loggers, self.request.run_id, job
            )

    def start(self) -> None:
        """Start the resources that the steps need.

        Raises:
            ResourceError: a resource cannot be started; those that were are torn down.
        """
        if self._starts:
            resources = self._all_resources()
            self._start(self._needed(resources), resources)

    def needed_resources(self) -> list[str]:
        """The keys of the resources that the steps need."""
        return self._needed(self._all_resources())

    def check_config(self) -> None:
        """Resolve config, and start nothing. Unlike `prepare`, always, so that unknown names are found too.

        Raises:
            ConfigError: the config does not fit.
        """
        resources = self._all_resources()
        self._resolve(resources, self._needed(resources))

    def processed_config(self) -> dict[str, Any]:
        """The whole run config with every default in its place, as plain data.

        Raises:
            ConfigError: the config does not fit.
        """
        resources = self._all_resources()
        needed = self._needed(resources)
        return self._resolve(resources, needed).processed(self._root(), needed)

    def describe_config(self) -> ConfigField:
        """Everything the run config may say about the steps of this location, as data."""
        resources = self._all_resources()
        needed = {key: resources[key] for key in self._needed(resources)}
        return describe_run_config(self._root(), resource_schemas(needed))

    def close(self) -> None:
        """Tear the resources down, the last started first."""
        self._stack.close()

    def resources(self, node_id: NodeId) -> Mapping[str, Any]:
        """The started resources that a node may use."""
        found = self._resources.get(node_id)
        if found is None:
            found = self.nodes.resources_of(node_id)
            if self._started:
                found = {**found, **self._started}
            self._resources[node_id] = found
        return found

    def op_config(self, step: Step) -> Any:
        """The resolved config of a step's op; None if it has none."""
        found = self._config.ops.get(_config_path(step))
        if isinstance(found, UnmadeConfigError):
            raise found.args[0]
        return found

    def resource_config(self, key: str) -> Any:
        """The resolved config of a resource; None if it has none."""
        found = self._config.resources.get(key)
        return getattr(found, "field_values", found)

    def given_input(self, step: Step, one: StepInput, context_for: Callable[[str], Any]) -> tuple[Any, ...]:
        """The value that config or the caller gives an input, as a tuple of one; empty if they give none.

        Args:
            step: the step.
            one: the input.
            context_for: gives the context of what makes the value of an input.
        """
        if step.in_job and one.graph_input:
            job = self.nodes.jobs[step.node]
            if isinstance(job, JobDefinition) and one.graph_input in job.input_values:
                return (job.input_values[one.graph_input],)
        path, _, name = one.graph_input.rpartition(".") if one.graph_input else (_config_path(step), "", one.name)
        given = self._config.inputs.get(path, {}).get(name)
        if given is None or given.how == "manager":
            return ()
        return (read_given_input(given, context_for(one.name) if needs_context(given) else None),)

    def input_config(self, step: Step, name: str) -> Any:
        """What config says to the input manager that loads an input."""
        given = self._config.inputs.get(_config_path(step), {}).get(name)
        return given.value if given is not None and given.how == "manager" else None

    def output_config(self, step: Step, name: str, other: str | None = None) -> Any:
        """What config says to the IO manager that stores an output.

        Args:
            step: the step.
            name: the output.
            other: the key of another step of the same node whose output it is.
        """
        if not self._config.outputs:
            return None
        path = _config_path(step) if other is None else other.partition("[")[0]
        return self._config.outputs.get(path, {}).get(name)

    def required_by(self, node_id: NodeId, key: str) -> frozenset[str]:
        """The resources that the definition of an IO manager of a node requires, if it is one of a function."""
        definition = self.nodes.own_resources(node_id).get(key) or self.nodes.resources.get(key)
        found = getattr(definition, "required_resource_keys", None) if definition is not None else None
        return found if isinstance(found, frozenset) else frozenset()

    def io_manager(self, key: str, resources: Mapping[str, Any]) -> Any:
        """The IO manager under a resource key, told where the run keeps values.

        Raises:
            DefinitionError: what makes it made something else.
        """
        manager = resources[key]
        cached = self._managers.get(id(manager))
        if cached is None:
            if not hasattr(manager, "load_input"):
                raise DefinitionError(f"resource `{key}` is {manager!r:.60}, which is no IO manager")
            within = getattr(manager, "within", None)  # a duck that is no IOManager has its own place
            cached = self._managers[id(manager)] = manager if within is None else within(self.request.storage)
        return cached

    def asset_output(self, key: str) -> tuple[AssetsDefinition, AssetOutput] | None:
        """The definition of an asset of this location."""
        return self.nodes.made_by.get(key)

    def _has_config(self) -> bool:
        for (in_job, name), _ in self._own_nodes:
            if in_job:
                return True
            node = self.nodes.assets[name].node
            if not isinstance(node, OpDefinition) or node.config_schema is not None:
                return True
        return False

    def _all_resources(self) -> Mapping[str, Any]:
        """Every resource that a node of the run may use, by key."""
        found = dict(self.nodes.resources)
        for node_id, _ in self._own_nodes:
            found |= self.nodes.own_resources(node_id)
        return found

    def _needed(self, resources: Mapping[str, Any]) -> list[str]:
        """The keys of the resources that the steps use, and of those that these need."""
        keys: dict[str, None] = {}
        for node_id, paths in self._own_nodes:
            wanted = set(paths)
            for placed in self.nodes.placed_in(node_id):
                if placed.path in wanted:
                    keys |= dict.fromkeys(sorted(op_resources(placed.op)))
                    keys |= {key: None for hook in placed.hooks | self.hooks for key in hook.required_resource_keys}
            if not node_id[0]:
                keys |= dict.fromkeys(self._manager_keys(self.nodes.assets[node_id[1]]))
        return needed_resources(resources, [key for key in keys if key in resources])

    def _manager_keys(self, item: AssetsDefinition) -> Iterable[str]:
        """The IO managers that store the assets of a node and load what it takes."""
        for output in item.outputs:
            yield output.io_manager_key
        yield from (hook_key for hook in item.hooks for hook_key in hook.required_resource_keys)
        for one in item.inputs:
            yield one.input_manager_key or next(
                (self.nodes.managers[key] for key in one.keys if key in self.nodes.managers), DEFAULT_IO_MANAGER_KEY
            )

    def _resolve(self, resources: Mapping[str, Any], needed: Iterable[str], *, whole: bool = True) -> ResolvedRunConfig:
        """The config of the run; unless it is to be the `whole` one, what only other locations know is left out."""
        what = f"job `{self.request.job}`" if self.request.job else "the run"
        config = run_config_of_job(self._own_config, self.request.config, what)
        root = self._root()
        if self._job() is None:
            config = self._without_others(config, root.children)
        loggers = self._known_loggers() if config.get("loggers") else {}
        if not whole:
            names = {"ops": root.children, "resources": resources, "loggers": loggers}
            config = {**config, **_of_names(config, names)}
        return resolve_run_config(
            root,
            config,
            what=what,
            resources=resource_schemas(resources),
            loggers={name: one.config_schema for name, one in loggers.items()},
            required_resources=needed,
            executor=executor_schema(self._executor) if "execution" in config else None,
        )

    def _known_loggers(self) -> Mapping[str, Any]:
        """The loggers that config may name: the job's own, else those of the location, else those of orch."""
        own = getattr(self._job_def, "loggers", None) or self.nodes.loggers
        found: Mapping[str, Any] = own or fetch("execution.console_loggers", "default_loggers")()
        return found

    def _root(self) -> ConfigNode:
        """What config can say: about the graph of the job, or about the assets of the run."""
        managers = {key: one for key, one in self._all_resources().items() if takes_value_config(one)}
        job = self._job()
        if job is not None:
            root = config_node(job.graph, given_inputs=job.input_values, managers=managers)
            return root if job.whole_graph is None else with_left_out(root, job.whole_graph)
        nodes = [self.nodes.assets[name] for (_, name), _ in self._own_nodes]
        children = {
            item.name: config_node(item.node, item.name, given_inputs=item.node.input_names, managers=managers)
            for item in nodes
        }
        return ConfigNode(name="the run", children=children, is_graph=True)

    def _job(self) -> JobDefinition | None:
        """The job whose graph is run, if it is no run of assets."""
        for (in_job, name), _ in self._own_nodes:
            job = self.nodes.jobs[name] if in_job else None
            if isinstance(job, JobDefinition):
                return job
        return None

    def _without_others(self, config: dict[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
        """Config of a run of assets, without what is meant for assets of other locations."""
        ops = config.get("ops")
        if not isinstance(ops, Mapping):
            return config
        others = {name for nodes in self.request.nodes.values() for (_, name), _ in nodes} - own.keys()
        return {**config, "ops": {name: value for name, value in ops.items() if name not in others}}

    def _start(self, needed: Iterable[str], resources: Mapping[str, Any]) -> None:
        run = RunInfo(
            run_id=self.request.run_id,
            job_name=self.request.job,
            tags=self.request.tags,
            run_config=self.request.config,
        )
        self._started = self._stack.enter_context(
            open_resources(
                resources,
                needed,
                self._config.resources,
                run=run,
                run_id=self.request.run_id,
                job_name=self.request.job,
                instance=self.instance,
                on_teardown_error=_log_teardown_error,
            )
        )


def _log_teardown_error(key: str, error: BaseException) -> None:
    """What a resource raises while it is torn down changes nothing of the run, whose steps have ended."""
    import logging  # noqa: PLC0415  only when something went wrong

    text = secrets.redact(f"resource `{key}` raised {type(error).__name__} while it was torn down: {error}")
    logging.getLogger("orchestrator.resource").error(text)


def _of_names(config: Mapping[str, Any], names: Mapping[str, Collection[str]]) -> dict[str, Any]:
    """Sections of a config without the names that only other locations know."""
    return {
        section: {name: value for name, value in config[section].items() if name in known}
        for section, known in names.items()
        if isinstance(config.get(section), Mapping)
    }


def _config_path(step: Step) -> str:
    """Where the config of a step's op stands below `ops`."""
    if step.in_job:
        return step.path
    return f"{step.node}.{step.path}" if step.path else step.node


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


def _ephemeral_job() -> AssetJob:
    return AssetJob(name=EPHEMERAL_JOB, source=SourceRef("", 0), selection=None)
