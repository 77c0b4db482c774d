"""A run in one process: its resources, started; its config, resolved; and the ops its steps call, in their places."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetOutput, AssetsDefinition
from orchestrator.definitions.config_schema import UnmadeConfigError
from orchestrator.definitions.env import secrets
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.run_config import ResolvedRunConfig
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ConfigError, DefinitionError, SourceRef
from orchestrator.execution.contexts import RunInfo
from orchestrator.execution.given_inputs import needs_context, read_given_input
from orchestrator.execution.loaded_nodes import LoadedNodes
from orchestrator.execution.location_part import LocationPart
from orchestrator.execution.resources import open_resources
from orchestrator.execution.run_request import NodeId, RunRequest
from orchestrator.planning.plan import Step, StepInput
from orchestrator.runs.records import EPHEMERAL_JOB

if TYPE_CHECKING:
    from orchestrator.definitions.hooks import HookDefinition
    from orchestrator.definitions.io import IOManager
    from orchestrator.definitions.retries import RetryPolicy
    from orchestrator.execution.run_loggers import RunLoggers


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
        self._stack = ExitStack()
        self._config = ResolvedRunConfig()
        self._started: Mapping[str, Any] = {}
        self._resources: dict[NodeId, Mapping[str, Any]] = {}
        self._managers: dict[int, IOManager] = {}
        self._part = LocationPart(nodes, request, location)
        job = self._part.job
        self.hooks: frozenset[HookDefinition] = frozenset() if job is None else job.hooks
        self.retry_policy: RetryPolicy | None = None if job is None else job.retry_policy
        self._job_def: Any = job
        #: What gets the messages of steps besides the run's own log.
        self.loggers: RunLoggers | None = None

    @property
    def job_def(self) -> Any:
        """The job that runs, or None."""
        if self._job_def is None and self.request.job == EPHEMERAL_JOB:
            self._job_def = _ephemeral_job()
        return self._job_def

    def prepare(self) -> None:
        """Resolve config, and make the loggers that it names.

        Raises:
            ConfigError: the config does not fit. If nothing is wrong but names that another location of the run may know,
                the run is ready all the same.
            UserCodeError: a logger cannot be made.
        """
        unknown: ConfigError | None = None
        try:
            self._config = self._part.config()
        except ConfigError as error:
            self._config = self._part.config_without(error)
            unknown = error
        if self._config.loggers:
            self.loggers = fetch("execution.run_loggers", "RunLoggers")(
                self._part.known_loggers(), self._config.loggers, self.request.run_id, self._job_def or _ephemeral_job()
            )
        if unknown is not None:
            raise unknown

    def start(self) -> None:
        """Start the resources that the steps need.

        Raises:
            ResourceError: a resource cannot be started; those that were are torn down.
        """
        if not self._part.starts_resources:
            return
        request = self.request
        self._started = self._stack.enter_context(
            open_resources(
                self._part.resources,
                self._part.needed,
                self._config.resources,
                run=RunInfo(run_id=request.run_id, job_name=request.job, tags=request.tags, run_config=request.config),
                run_id=request.run_id,
                job_name=request.job,
                instance=self.instance,
                on_teardown_error=_log_teardown_error,
            )
        )

    def needed_resources(self) -> list[str]:
        """The keys of the resources that the steps need."""
        return self._part.needed

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


def _log_teardown_error(key: str, error: BaseException) -> None:
    """What a resource raises while it is torn down changes nothing of the run, whose steps have ended."""
    import logging  # noqa: PLC0415  only when something went wrong

    text = secrets.redact(f"resource `{key}` raised {type(error).__name__} while it was torn down: {error}")
    logging.getLogger("orchestrator.resource").error(text)


def _config_path(step: Step) -> str:
    """Where the config of a step's op stands below `ops`."""
    if step.in_job:
        return step.path
    return f"{step.node}.{step.path}" if step.path else step.node


def _ephemeral_job() -> AssetJob:
    return AssetJob(name=EPHEMERAL_JOB, source=SourceRef("", 0), selection=None)
