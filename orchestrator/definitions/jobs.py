"""Jobs: graphs made ready to run, and named selections of assets; and where steps run."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any, Never, overload

from orchestrator.definitions.assets import required_resources
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.executors import ExecutorDefinition
from orchestrator.definitions.functions import source_of, unwrap
from orchestrator.definitions.graphs import GraphDefinition, compose_graph
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.definitions.names import check_name
from orchestrator.definitions.needed_resources import check_own_resources
from orchestrator.definitions.ops import check_retry_policy
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.tags import check_run_tags
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, InvariantError, SourceRef

if TYPE_CHECKING:
    from orchestrator.definitions.asset_jobs import AssetJob

#: The job of all assets of a code location.
ALL_ASSETS_JOB = "__ASSET_JOB"

#: The parameters of `job` and `to_job`, besides what composes.
JOB_PARAMETERS = (
    "name", "description", "resource_defs", "config", "tags", "run_tags", "metadata", "logger_defs", "executor_def",
    "hooks", "op_retry_policy", "input_values",
)  # fmt: skip


def check_loggers(loggers: Any, where: str, source: SourceRef) -> dict[str, Any]:
    """Loggers by name, which must be definitions of loggers.

    Raises:
        DefinitionError: they are not.
    """
    if loggers is not None and not isinstance(loggers, Mapping):
        raise DefinitionError(f"loggers of {where} must be a dict, got {loggers!r:.60}", sources=(source,))
    for name, one in (loggers or {}).items():
        if not hasattr(one, "logger_fn"):  # a LoggerDefinition, whose module loads `logging`
            raise DefinitionError(
                f"logger `{name}` of {where} is {one!r:.60}, which is no logger", hint="use @logger", sources=(source,)
            )
    return dict(loggers or {})


class AnyJob:
    """What jobs of ops and jobs of assets have in common."""

    def __init__(  # noqa: PLR0913  one value per thing a job says
        self,
        *,
        name: str,
        source: SourceRef,
        description: str | None = None,
        config: Any = None,
        tags: Mapping[str, Any] | None = None,
        run_tags: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        executor_def: ExecutorDefinition | None = None,
        hooks: AbstractSet[HookDefinition] | None = None,
        op_retry_policy: RetryPolicy | None = None,
    ) -> None:
        where = f"job `{check_name(name, 'job name')}`"
        if executor_def is not None and not isinstance(executor_def, ExecutorDefinition):
            raise DefinitionError(f"executor_def of {where} is {executor_def!r:.80}, which is no executor")
        for hook in hooks or ():
            if not isinstance(hook, HookDefinition):
                raise DefinitionError(f"hooks of {where} holds {hook!r:.60}", hint="use @success_hook or @failure_hook")
        self.name = name
        self.source = source
        self.description = description or None
        self.config = config
        self.tags: Mapping[str, str] = check_run_tags(tags, where)
        #: Put on every run: the tags, unless there are tags for runs alone.
        self.run_tags: Mapping[str, str] = self.tags if run_tags is None else check_run_tags(run_tags, where)
        self.metadata: Mapping[str, Any] = coerce_metadata(metadata, where)
        self.executor = executor_def
        self.hooks = frozenset(hooks or ())
        self.retry_policy = check_retry_policy(op_retry_policy, where)


class JobDefinition(AnyJob):
    """A graph, made ready to run: with resources, config, hooks. Made by `@job` and `graph.to_job()`.

    `Definitions.resolve_job_def` gives one for a named selection of assets too.
    """

    def __init__(
        self,
        *,
        graph_def: GraphDefinition | None,
        resource_defs: Mapping[str, Any] | None = None,
        logger_defs: Mapping[str, Any] | None = None,
        input_values: Mapping[str, Any] | None = None,
        asset_job: "AssetJob | None" = None,
        definitions: Any = None,
        whole_graph: GraphDefinition | None = None,
        op_selection: AbstractSet[str] | None = None,
        **common: Any,
    ) -> None:
        super().__init__(**common)
        self._graph = graph_def
        #: The graph it runs a part of, and what was asked for.
        self.whole_graph = whole_graph
        self.op_selection = op_selection
        self.resource_defs: dict[str, Any] = dict(resource_defs or {})
        self.loggers: dict[str, Any] = check_loggers(logger_defs, f"job `{self.name}`", self.source)
        self.input_values: dict[str, Any] = dict(input_values or {})
        #: The selection, and the definitions it selects from, if it is a job of assets.
        self.asset_job = asset_job
        self.definitions = definitions
        if graph_def is not None:
            if self.resource_defs:
                check_own_resources(self.resource_defs, required_resources(graph_def), f"job `{self.name}`")
            unknown = [one for one in self.input_values if one not in graph_def.inputs]
            if unknown:
                raise DefinitionError(
                    f"input_values of job `{self.name}` names `{unknown[0]}`, which is no input of it"
                )

    @property
    def graph(self) -> GraphDefinition:
        """The graph it runs.

        Raises:
            InvariantError: it is a job of assets.
        """
        if self._graph is None:
            raise InvariantError(f"job `{self.name}` selects assets and has no graph of its own")
        return self._graph

    @property
    def selects_assets(self) -> bool:
        """Whether it runs assets, not a graph of its own."""
        return self._graph is None

    def with_executor_def(self, executor_def: ExecutorDefinition) -> "JobDefinition":
        """The same job with another executor."""
        return self._replace(executor_def=executor_def)

    @property
    def hook_defs(self) -> AbstractSet[HookDefinition]:
        """The hooks of all its steps."""
        return self.hooks

    @property
    def nodes(self) -> Sequence[Any]:
        """The nodes of its graph, or the nodes that make its assets."""
        if self._graph is None:
            return fetch("in_process", "nodes_of_asset_job")(self)  # type: ignore[no-any-return]
        return self.graph.nodes

    @property
    def executor_def(self) -> ExecutorDefinition:
        """What runs its steps."""
        return self.executor or ExecutorDefinition(spoken().default_executor)

    @property
    def nodes_in_topological_order(self) -> Sequence[Any]:
        """The nodes of its graph, those that feed others before them."""
        return self.graph.nodes_in_topological_order

    @property
    def top_level_node_defs(self) -> Sequence[Any]:
        """The definitions of the nodes of its graph."""
        return self.graph.node_defs

    @property
    def all_node_defs(self) -> Sequence[Any]:
        """The definitions of all its nodes, and of those inside them."""
        found: dict[str, Any] = {}
        pending = list(self.graph.node_defs)
        for one in pending:  # grows
            found.setdefault(one.name, one)
            pending += one.children.values()
        return list(found.values())

    @property
    def op_retry_policy(self) -> RetryPolicy | None:
        """What happens when an op fails that has no retry policy itself."""
        return self.retry_policy

    @property
    def is_subset(self) -> bool:
        """Whether it runs a part of a job."""
        return self.op_selection is not None

    def has_node_named(self, name: str) -> bool:
        """Whether its graph has a node of this name."""
        return self.graph.has_node_named(name)

    def get_subset(
        self, *, op_selection: Sequence[str] | None = None, asset_selection: Sequence[Any] | None = None
    ) -> "JobDefinition":
        """A job that runs a part of this one.

        Args:
            op_selection: the ops, as in `execute_in_process`; all if it is empty.
            asset_selection: the assets, of a job of assets.

        Raises:
            SelectionError: no op is called so, or what is left cannot run.
        """
        if self.asset_job is not None:
            part = None if asset_selection is None else self.asset_job.with_selection(list(asset_selection))
            return self._replace(asset_job=part or self.asset_job)
        return self if not op_selection else fetch("workspace.subsets", "subset_of_job")(self, op_selection)

    def with_graph(self, graph: GraphDefinition, op_selection: AbstractSet[str]) -> "JobDefinition":
        """The same job with a part of its graph."""
        return self._replace(
            graph_def=graph,
            whole_graph=self.whole_graph or self.graph,
            op_selection=op_selection,
            input_values={name: value for name, value in self.input_values.items() if name in graph.inputs},
        )

    def execute_in_process(  # noqa: PLR0913  the public API
        self,
        run_config: Any = None,
        instance: Any = None,
        raise_on_error: bool = True,  # noqa: FBT001, FBT002  Dagster's order
        *,
        op_selection: Sequence[str] | None = None,
        asset_selection: Sequence[Any] | None = None,
        run_id: str | None = None,
        input_values: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
        resources: Mapping[str, Any] | None = None,
        partition_key: str | None = None,
        **refused: Never,
    ) -> Any:
        """Run the job in this process, for a test or a script: an `ExecuteInProcessResult`. Values stay in memory.

        Args:
            run_config: config of ops and resources; the job's own if left out.
            instance: records the run; a temporary one if left out.
            raise_on_error: raise the exception of the first step that fails, as the user's code raised it.
            op_selection: the ops to run, by path; `*` before or after one adds all it needs or feeds, `+` one layer.
            asset_selection: the assets to run, of a job of assets.
            run_id: the run's id.
            input_values: values of the inputs of the graph.
            tags: put on the run.
            resources: in the place of those of the job.
            partition_key: refused, because there are no partitions.
            refused: anything else; raises.

        Raises:
            ConfigError: the config does not fit.
            DefinitionError: an input has no value, or a partition is asked for.
        """
        if partition_key is not None:
            raise DefinitionError(f"job `{self.name}` has no partitions, and is asked for `{partition_key}`")
        refuse_parameters(refused, "execute_in_process", ("run_config", "instance", "op_selection", "input_values"))
        return fetch("in_process", "execute_job_in_process")(
            self,
            run_config=run_config,
            instance=instance,
            raise_on_error=raise_on_error,
            op_selection=op_selection,
            asset_selection=asset_selection,
            run_id=run_id,
            input_values=input_values,
            tags=tags,
            resources=resources,
        )

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> "JobDefinition":
        """The same job with more hooks."""
        return self._replace(hooks=self.hooks | hook_defs)

    def with_defaults(self, resource_defs: Mapping[str, Any], executor: ExecutorDefinition | None) -> "JobDefinition":
        """The same job with resources and an executor for what it does not have itself."""
        return self._replace(
            resource_defs={**resource_defs, **self.resource_defs}, executor_def=self.executor or executor
        )

    def with_default_loggers(self, logger_defs: Mapping[str, Any]) -> "JobDefinition":
        """The same job with loggers, if it has none."""
        return self if self.loggers else self._replace(logger_defs=logger_defs)

    def with_values(
        self, *, resource_defs: Mapping[str, Any], input_values: Mapping[str, Any] | None
    ) -> "JobDefinition":
        """The same job with these resources, and with more values of inputs.

        Raises:
            DefinitionError: a value is given for an input that the graph does not have.
        """
        return self._replace(resource_defs=resource_defs, input_values={**self.input_values, **(input_values or {})})

    def _replace(self, **changes: Any) -> "JobDefinition":
        parts: dict[str, Any] = {
            "name": self.name,
            "source": self.source,
            "description": self.description,
            "config": self.config,
            "tags": self.tags,
            "run_tags": self.run_tags,
            "metadata": self.metadata,
            "executor_def": self.executor,
            "hooks": self.hooks,
            "op_retry_policy": self.retry_policy,
            "graph_def": self._graph,
            "resource_defs": self.resource_defs,
            "logger_defs": self.loggers,
            "input_values": self.input_values,
            "asset_job": self.asset_job,
            "definitions": self.definitions,
            "whole_graph": self.whole_graph,
            "op_selection": self.op_selection,
        }
        return JobDefinition(**parts | changes)

    def __call__(self, *_: Any, **__: Any) -> Any:
        """A job is not called.

        Raises:
            InvariantError: always, with what to do instead.
        """
        raise InvariantError(
            f"job `{self.name}` is called like a function",
            hint=f"to run it: {self.name}.execute_in_process(), or orch run {self.name}",
        )

    def __repr__(self) -> str:
        return f"<JobDefinition {self.name}>"


def job_of_graph(graph: GraphDefinition, *, name: str | None = None, **parameters: Any) -> JobDefinition:
    """A job that runs a graph. See `GraphDefinition.to_job`.

    Raises:
        DefinitionError: a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown.
    """
    known = {key: parameters.pop(key) for key in JOB_PARAMETERS if key in parameters}
    refuse_parameters(parameters, "to_job", JOB_PARAMETERS)
    known.setdefault("description", graph.description)
    known["tags"] = {**graph.tags, **(known.get("tags") or {})}
    if known.get("run_tags") is not None:
        known["run_tags"] = {**graph.tags, **known["run_tags"]}
    made = JobDefinition(name=name or graph.name, graph_def=graph, source=graph.source, **known)
    fetch("workspace.flatten", "check_job")(made)
    return made


@overload
def job(compose_fn: Callable[..., Any], /) -> JobDefinition: ...


@overload
def job(
    *,
    name: str | None = ...,
    description: str | None = ...,
    resource_defs: Mapping[str, Any] | None = ...,
    config: Any = ...,
    tags: Mapping[str, Any] | None = ...,
    run_tags: Mapping[str, Any] | None = ...,
    metadata: Mapping[str, Any] | None = ...,
    logger_defs: Mapping[str, Any] | None = ...,
    executor_def: ExecutorDefinition | None = ...,
    hooks: AbstractSet[HookDefinition] | None = ...,
    op_retry_policy: RetryPolicy | None = ...,
    input_values: Mapping[str, Any] | None = ...,
) -> Callable[[Callable[..., Any]], JobDefinition]: ...


def job(compose_fn: Callable[..., Any] | None = None, *, name: str | None = None, **parameters: Any) -> Any:
    """Make a job of the ops and graphs that a function calls.

    Args:
        compose_fn: the function, when used without parentheses. It is called once, now, with handles instead of values.
        name: the job's name; the function's if left out.
        parameters: `description`; `resource_defs`, by key; `config`, of its ops and resources, or a `ConfigMapping`;
            `tags`, put on its runs unless there are `run_tags`; `metadata`; `logger_defs`; `executor_def`; `hooks`, for all its steps;
            `op_retry_policy`, for ops without one; `input_values`, of the function's parameters.

    Raises:
        DefinitionError: the body does not compose, or a parameter is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def decorate(function: Callable[..., Any]) -> JobDefinition:
        source = source_of(unwrap(function))
        refuse_parameters(
            {k: v for k, v in parameters.items() if k not in JOB_PARAMETERS}, "@job", JOB_PARAMETERS, source
        )
        known = {key: value for key, value in parameters.items() if key in JOB_PARAMETERS}
        graph = compose_graph(
            function, "@job", name=name, description=known.pop("description", None), returns_nothing=True
        )
        return job_of_graph(graph, **known)

    return decorate if compose_fn is None else decorate(compose_fn)
