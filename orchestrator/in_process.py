"""Run assets and jobs in this process, without a workspace: for tests, notebooks and scripts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Never

import msgspec

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetsDefinition, io_manager_keys
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.composition import GraphNode
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.run_config import as_raw_run_config
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import (
    ArgumentError,
    ConfigMappingError,
    DefinitionError,
    InvariantError,
    OrchestratorError,
    ResourceError,
    SelectionError,
    UserCodeError,
)
from orchestrator.execution.capture import Capture, CaptureSettings
from orchestrator.execution.capturing import CapturingRunner
from orchestrator.execution.executors.in_process import InProcessExecutor
from orchestrator.execution.in_process_result import ExecuteInProcessResult, ValueId
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.liveness import this_process
from orchestrator.execution.loaded_nodes import LoadedNodes
from orchestrator.execution.location_part import LocationPart
from orchestrator.execution.reporting import Observer
from orchestrator.execution.run import execute_plan
from orchestrator.execution.step import StepRunner
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.op_selection import select_nodes
from orchestrator.graph.selection import AssetSelection, SelectionScope
from orchestrator.graph.snapshot import LocationSnapshot
from orchestrator.instance import Instance
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.io_managers.memory import InMemoryIOManager
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.planning.planner import check_parts, plan_job, plan_run
from orchestrator.run_configs import request_for_assets, request_for_job
from orchestrator.runs.event_view import views_of
from orchestrator.runs.records import RunStatus
from orchestrator.workspace.describe import describe_job, describe_location

if TYPE_CHECKING:
    from orchestrator.runs.details import StepDetail
    from orchestrator.runs.events import Event

_LOCATION = "in_process"
_DEFAULT = "io_manager"
ChangePlan = Callable[[RunPlan], RunPlan]


def _unchanged(plan: RunPlan) -> RunPlan:
    return plan


_PARAMETERS = ("assets", "instance", "resources", "selection", "raise_on_error", "tags", "run_config")


def materialize(
    assets: Iterable[AssetsDefinition | AssetSpec],
    *,
    run_config: Any = None,
    instance: Instance | None = None,
    resources: Mapping[str, Any] | None = None,
    selection: Any = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    **refused: Never,
) -> ExecuteInProcessResult:
    """Run assets in this process.

    Args:
        assets: the assets, and specs of those they depend on that are made elsewhere.
        run_config: config of assets and resources: a dict, or a `RunConfig`.
        instance: records the run; a temporary one if left out, which is gone afterwards.
        resources: by key; `io_manager` replaces the default IO manager.
        selection: which of the assets to run: an `AssetSelection`, text in the selection language, or a list.
        raise_on_error: raise the exception of the first step that fails, as the user's code raised it.
        tags: put on the run.
        refused: anything else; raises.

    Raises:
        DefinitionError: the assets do not fit together.
        ConfigError: the config does not fit.
        SelectionError: the selection cannot be read or matches nothing.
        PlanError: an input needs a value that was never stored.
    """
    refuse_parameters(refused, "materialize", _PARAMETERS)
    definitions = Definitions(assets=assets, resources=resources)
    return _run_assets(
        definitions,
        selection,
        instance,
        run_config=run_config,
        raise_on_error=raise_on_error,
        tags=check_run_tags(tags, "the run"),
    )


def materialize_to_memory(
    assets: Iterable[AssetsDefinition | AssetSpec],
    *,
    run_config: Any = None,
    instance: Instance | None = None,
    resources: Mapping[str, Any] | None = None,
    selection: Any = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    **refused: Never,
) -> ExecuteInProcessResult:
    """Run assets in this process and keep their values in memory, whatever stores them elsewhere. See `materialize`.

    Raises:
        InvariantError: an IO manager is given.
    """
    refuse_parameters(refused, "materialize_to_memory", _PARAMETERS)
    assets = list(assets)
    keys = {_DEFAULT}.union(*(io_manager_keys(item) for item in assets if isinstance(item, AssetsDefinition)))
    own = {key for item in assets if isinstance(item, AssetsDefinition) for key in item.resource_defs}
    given = sorted(keys & {*own, *(resources or {})})
    if given:
        raise InvariantError(
            f"materialize_to_memory keeps all values in memory, and is given the IO manager `{given[0]}`",
            hint="materialize(...) stores values through it",
        )
    return materialize(
        assets,
        run_config=run_config,
        instance=instance,
        resources={**dict.fromkeys(keys, InMemoryIOManager()), **(resources or {})},
        selection=selection,
        raise_on_error=raise_on_error,
        tags=tags,
    )


def execute_job_in_process(  # noqa: PLR0913  the public API
    job: JobDefinition,
    *,
    run_config: Any = None,
    instance: Instance | None = None,
    raise_on_error: bool = True,
    op_selection: Sequence[str] | None = None,
    asset_selection: Sequence[Any] | None = None,
    run_id: str | None = None,
    input_values: Mapping[str, Any] | None = None,
    tags: Mapping[str, str] | None = None,
    resources: Mapping[str, Any] | None = None,
    change: ChangePlan = _unchanged,
) -> ExecuteInProcessResult:
    """Run a job in this process. See `JobDefinition.execute_in_process`; `change` makes another plan of the job's."""
    given_tags = {**job.run_tags, **check_run_tags(tags, "the run")}
    if job.selects_assets:
        if op_selection is not None and asset_selection is not None:
            raise DefinitionError("a run takes op_selection or asset_selection, not both")
        base: Definitions = job.definitions
        given = {**base.resources, **(resources or {})}
        definitions = Definitions(
            assets=base.assets, jobs=base.jobs, resources=given, loggers={**base.loggers, **job.loggers}
        )
        assert job.asset_job is not None
        return _run_assets(
            definitions,
            job.asset_job.selection if asset_selection is None else AssetSelection.from_coercible(asset_selection),
            instance,
            part=asset_selection is not None,
            ops=op_selection,
            run_config=run_config,
            raise_on_error=raise_on_error,
            tags=given_tags,
            run_id=run_id,
            job=job,
            change=change,
        )
    # values between ops are for this process alone
    own = {**job.resource_defs, **(resources or {})}
    if op_selection is not None:
        job = job.get_subset(op_selection=op_selection)
    ready = job.with_values(resource_defs={_DEFAULT: InMemoryIOManager(), **own}, input_values=input_values)
    snapshot = describe_job(ready, ready.resource_defs)
    assert snapshot.graph is not None
    plan = plan_job(
        snapshot,
        _LOCATION,
        tags=given_tags,
        config=_as_mapping(run_config),
    )
    outputs = {
        output.graph_output: (op.path, output.name)
        for op in snapshot.graph.ops
        for output in op.outputs
        if output.graph_output
    }
    return _run(
        Definitions(jobs=[ready], loggers=ready.loggers),
        change(plan),
        instance,
        raise_on_error=raise_on_error,
        run_id=run_id,
        job=ready,
        outputs=outputs,
    )


def validate_run_config(job_def: JobDefinition, run_config: Any = None) -> dict[str, Any]:
    """Check the run config of a job, without running anything.

    Args:
        job_def: the job.
        run_config: a dict or a `RunConfig`; the job's own if left out.

    Returns:
        The whole run config, with every default in its place.

    Raises:
        ConfigError: it does not fit; lists every problem.
    """
    raw = as_raw_run_config(run_config)
    if job_def.selects_assets:
        definitions: Definitions = job_def.definitions
        graph = _graph(describe_location(_LOCATION, definitions))
        assert job_def.asset_job is not None
        keys = AssetSelection.from_coercible(job_def.asset_job.selection).evaluate(SelectionScope(graph))
        request = request_for_assets(graph, keys, job=job_def.name, job_location=_LOCATION, config=raw)
    else:
        definitions = Definitions(jobs=[job_def])
        request = request_for_job(_LOCATION, describe_job(job_def, job_def.resource_defs), config=raw)
    return LocationPart(LoadedNodes(definitions, FilesystemIOManager()), request, _LOCATION).processed_config()


def check_definitions(definitions: Definitions) -> None:
    """Check that everything of a code location fits together. See `Definitions.validate_loadable`.

    Raises:
        DefinitionError: something does not.
    """
    graph = _graph(describe_location(_LOCATION, definitions))
    for job in definitions.jobs:
        if isinstance(job, AssetJob):
            _check_asset_job(graph, job)
    for item in (*definitions.schedules, *definitions.sensors):
        if item.target.selection is not None:
            _check_asset_job(graph, item.target.job_of_assets(item.name))


def _graph(*snapshots: LocationSnapshot) -> AssetGraph:
    graph = AssetGraph.build(snapshots)
    graph.check()
    return graph


def _run_assets(  # noqa: PLR0913  what a run of assets needs
    definitions: Definitions,
    selection: Any,
    instance: Instance | None,
    *,
    run_config: Any,
    raise_on_error: bool,
    tags: Mapping[str, str],
    run_id: str | None = None,
    job: JobDefinition | None = None,
    part: bool = False,
    ops: Sequence[str] | None = None,
    change: ChangePlan = _unchanged,
) -> ExecuteInProcessResult:
    graph = _graph(describe_location(_LOCATION, definitions))
    chosen = AssetSelection.all() if selection is None else AssetSelection.from_coercible(selection)
    keys = _chosen_keys(graph, chosen, of_definition=not part)
    if ops is not None:
        keys = _made_by(graph, keys, ops)
    if not keys and not spoken().empty_runs:
        raise SelectionError(
            f"the selection `{chosen}` matches no asset" if selection is not None else "no assets given"
        )
    if job is not None and (part or ops is not None):
        run_config = _for_part(run_config or job.config, graph, keys, job)
    known = {} if instance is None else instance.store.materializations()
    plan = plan_run(
        graph,
        set(keys),
        materialized=known,
        job=spoken().ephemeral_job if job is None else job.name,
        job_location=_LOCATION,
        selection=str(chosen),
        tags=tags,
        config=_as_mapping(run_config),
    )
    if job is None:
        shown = AssetJob(name=spoken().ephemeral_job or "materialize", selection=chosen, source=definitions.source)
        job = shown.resolve(definitions)
    return _run(definitions, change(plan), instance, raise_on_error=raise_on_error, run_id=run_id, job=job, outputs={})


def _for_part(run_config: Any, graph: AssetGraph, keys: Collection[str], job: JobDefinition) -> Mapping[str, Any]:
    """Run config without what it says for nodes of the job that do not run this time."""
    if not isinstance(run_config, Mapping) and not hasattr(run_config, "to_config_dict"):
        return run_config  # type: ignore[no-any-return]  # a mapping of config, or nothing
    config = _as_mapping(run_config)
    running = {node.name for key in keys if (node := graph.assets[key].node) is not None}
    others = {node.name for node in nodes_of_asset_job(job)} - running
    sections = {name: config[name] for name in ("ops", "solids") if isinstance(config.get(name), Mapping)}
    return {**config, **{name: {k: v for k, v in ops.items() if k not in others} for name, ops in sections.items()}}


def _chosen_keys(graph: AssetGraph, chosen: AssetSelection, *, of_definition: bool) -> Collection[str]:
    try:
        keys = chosen.evaluate(SelectionScope(graph))
    except SelectionError as error:
        if of_definition and spoken().selections_are_definitions:
            raise DefinitionError(error.message, hint=error.hint, sources=error.sources) from None
        raise
    if spoken().strict_selections:
        _refuse_external(graph, keys)
    return keys


def _refuse_external(graph: AssetGraph, keys: Collection[str]) -> None:
    external = [key for key in keys if graph.assets[key].node is None]
    if external:
        raise DefinitionError(
            f"{', '.join(f'`{key}`' for key in sorted(external))} cannot be run: nobody makes or observes it here"
        )


def _made_by(graph: AssetGraph, keys: Collection[str], clauses: Sequence[str]) -> set[str]:
    """Those of the keys that the nodes which clauses name make."""
    names = {key: node.name for key in graph.topological(keys) if (node := graph.assets[key].node) is not None}
    upstream: dict[str, dict[str, None]] = {name: {} for name in names.values()}
    for key, name in names.items():
        upstream[name] |= {names[up]: None for up in graph.upstream[key] if up in names and names[up] != name}
    chosen = select_nodes({name: tuple(before) for name, before in upstream.items()}, clauses)
    return {key for key, name in names.items() if name in chosen}


def nodes_of_asset_job(job: JobDefinition) -> list[GraphNode]:
    """The nodes that make the assets of a job of assets."""
    definitions: Definitions = job.definitions
    assert job.asset_job is not None
    graph = _graph(describe_location(_LOCATION, definitions))
    chosen = AssetSelection.all() if job.asset_job.selection is None else job.asset_job.selection
    keys = _chosen_keys(graph, chosen, of_definition=True)
    made = [item for item in definitions.assets if isinstance(item, AssetsDefinition)]
    return [
        GraphNode(name=item.name, definition=item.node)
        for item in made
        if any(key_text(one) in keys for one in item.keys)
    ]


def check_asset_job(definitions: Definitions, job: AssetJob) -> None:
    """Check the selection of a job of assets.

    Raises:
        SelectionError: it names what does not exist.
        DefinitionError: the definitions do not fit together; or, in Dagster's dialect, the selection is not valid.
    """
    _check_asset_job(_graph(describe_location(_LOCATION, definitions)), job)


def _check_asset_job(graph: AssetGraph, job: AssetJob) -> None:
    chosen = AssetSelection.all() if job.selection is None else AssetSelection.from_coercible(job.selection)
    check_parts(graph, _chosen_keys(graph, chosen, of_definition=True))


def _as_mapping(config: Any) -> Mapping[str, Any]:
    to_dict = getattr(config, "to_config_dict", None)
    given = to_dict() if to_dict is not None else config
    if given is not None and not isinstance(given, Mapping):
        raise ArgumentError(f"run_config is {given!r:.60}", hint="a dict or a RunConfig")
    return given or {}


def _run(
    definitions: Definitions,
    plan: RunPlan,
    instance: Instance | None,
    *,
    raise_on_error: bool,
    run_id: str | None,
    job: JobDefinition | None,
    outputs: Mapping[str, tuple[str, str]],
) -> ExecuteInProcessResult:
    if instance is None:
        with Instance.ephemeral() as temporary:
            return _run(
                definitions, plan, temporary, raise_on_error=raise_on_error, run_id=run_id, job=job, outputs=outputs
            )
    values: dict[ValueId, Any] = {}
    errors: list[BaseException] = []
    events: list[Event | StepDetail] = []

    def keep(step: Step, output: str, mapping_key: str | None, _asset: str, value: Any) -> None:
        values[step.key, output, mapping_key] = value

    interrupts = Interrupts()  # not entered: signals stay with the caller's program
    runner = StepRunner(
        definitions,
        FilesystemIOManager(),
        interrupts,
        location=_LOCATION,
        instance=instance,
        observer=Observer(on_value=keep, on_error=errors.append, on_detail=events.append),
    )
    try:
        result = execute_plan(
            plan,
            store=instance.store,
            storage=str(instance.storage),
            # records of loggers become events; stdout is the caller's
            executor=InProcessExecutor(CapturingRunner(runner, Capture(CaptureSettings()))),
            interrupts=interrupts,
            coordinator=this_process(),
            pool_limits=instance.pool_limits,
            subscribers=(events.append,),
            run_id=run_id,
        )
    except UserCodeError as error:
        raise _as_raised(error) from None
    if result.run.status is RunStatus.CANCELED:
        raise KeyboardInterrupt
    if result.error is not None and (raise_on_error or not isinstance(result.error, ResourceError)):
        # a function that makes what is no resource: the mistake is in the definition, nothing was raised
        wrong = isinstance(result.error.__cause__, ArgumentError)
        raise _as_raised(result.error) if wrong else result.error
    if errors and raise_on_error:
        raise _as_raised(errors[0])
    run = msgspec.structs.replace(result.run)
    return ExecuteInProcessResult(run, plan, views_of(events, plan.job), values, outputs, job)


def _as_raised(error: BaseException) -> BaseException:
    """What the user's code raised, where orch called it for a step."""
    if not isinstance(error, UserCodeError) or isinstance(error, ConfigMappingError) or error.__cause__ is None:
        return error
    raised = error.__cause__
    if isinstance(raised, OrchestratorError) and not raised.sources:
        raised.sources = error.sources
    return raised
