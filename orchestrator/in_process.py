"""Materialize assets in this process, without a workspace: for tests, notebooks and scripts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Never

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.keys import CoercibleToAssetKey, key_text
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import SelectionError, UnknownNameError
from orchestrator.execution.executors.in_process import InProcessExecutor
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.run import execute_plan
from orchestrator.execution.step import StepRunner
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.selection import AssetSelection, SelectionScope
from orchestrator.instance import Instance, this_process
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.io_managers.memory import InMemoryIOManager
from orchestrator.planning.plan import RunPlan
from orchestrator.planning.planner import plan_run
from orchestrator.runs.events import AssetMaterialized, Event, StepFailed
from orchestrator.runs.records import Run, RunStatus
from orchestrator.workspace.describe import describe_location

_LOCATION = "in_process"
_PARAMETERS = ("assets", "instance", "resources", "selection", "raise_on_error", "tags")


class ExecuteInProcessResult:
    """What became of a run: its events and the values it stored."""

    def __init__(self, run: Run, plan: RunPlan, events: Sequence[Event], values: Mapping[str, Any]) -> None:
        self.run = run
        self.all_events = tuple(events)
        self._plan = plan
        self._values = values

    @property
    def success(self) -> bool:
        """Whether every step ended well."""
        return self.run.status is RunStatus.SUCCESS

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.run.run_id

    def asset_value(self, asset_key: CoercibleToAssetKey) -> Any:
        """The value of an asset, as its function returned it.

        Raises:
            UnknownNameError: the run did not make the asset, or it stored no value.
        """
        key = key_text(asset_key)
        if key in self._values:
            return self._values[key]
        if any(isinstance(event, AssetMaterialized) and event.asset == key for event in self.all_events):
            raise UnknownNameError(f"`{key}` was materialized without storing a value")
        raise UnknownNameError(f"the run did not materialize `{key}`", hint=did_you_mean(key, self._plan.assets))

    def output_for_node(self, node_name: str, output_name: str = "result") -> Any:
        """The value of an output of a function, by the function's name.

        Raises:
            UnknownNameError: there is no such function or output in the run, or it stored no value.
        """
        steps = {step.node: step for step in self._plan.steps}
        if node_name not in steps:
            raise UnknownNameError(f"the run has no node `{node_name}`", hint=did_you_mean(node_name, steps))
        outputs = {output.name: output.key for output in steps[node_name].outputs}
        if output_name not in outputs:
            raise UnknownNameError(f"`{node_name}` has no output `{output_name}`", hint=f"it has {', '.join(outputs)}")
        return self.asset_value(outputs[output_name])

    def get_asset_materialization_events(self) -> list[AssetMaterialized]:
        """Every materialization, in order."""
        return [event for event in self.all_events if isinstance(event, AssetMaterialized)]

    def asset_materializations_for_node(self, node_name: str) -> list[AssetMaterialized]:
        """The materializations by one function, in order."""
        steps = {step.key for step in self._plan.steps if step.node == node_name}
        return [event for event in self.get_asset_materialization_events() if event.step in steps]

    def get_step_failure_events(self) -> list[StepFailed]:
        """Every failure of a step, in order."""
        return [event for event in self.all_events if isinstance(event, StepFailed)]


def materialize(
    assets: Iterable[AssetsDefinition | AssetSpec],
    *,
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
        instance: records the run; a temporary one if left out, which is gone afterwards.
        resources: by key; `io_manager` replaces the default IO manager.
        selection: which of the assets to run: an `AssetSelection`, text in the selection language, or a list.
        raise_on_error: raise the exception of the first step that fails, as the user's code raised it.
        tags: put on the run.
        refused: anything else; raises.

    Raises:
        DefinitionError: the assets do not fit together.
        SelectionError: the selection cannot be read or matches nothing.
        PlanError: an input needs a value that was never stored.
    """
    refuse_parameters(refused, "materialize", _PARAMETERS)
    definitions = Definitions(assets=assets, resources=resources)
    graph = AssetGraph.build([describe_location(_LOCATION, definitions)])
    graph.check()
    chosen = AssetSelection.all() if selection is None else AssetSelection.from_coercible(selection)
    keys = chosen.evaluate(SelectionScope(graph))
    if not keys:
        raise SelectionError(
            f"the selection `{chosen}` matches no asset" if selection is not None else "no assets given"
        )
    if instance is not None:
        return _run(definitions, graph, keys, str(chosen), instance, tags, raise_on_error=raise_on_error)
    with Instance.ephemeral() as temporary:
        return _run(definitions, graph, keys, str(chosen), temporary, tags, raise_on_error=raise_on_error)


def materialize_to_memory(
    assets: Iterable[AssetsDefinition | AssetSpec],
    *,
    instance: Instance | None = None,
    resources: Mapping[str, Any] | None = None,
    selection: Any = None,
    raise_on_error: bool = True,
    tags: Mapping[str, str] | None = None,
    **refused: Never,
) -> ExecuteInProcessResult:
    """Run assets in this process and keep their values in memory. See `materialize`."""
    refuse_parameters(refused, "materialize_to_memory", _PARAMETERS)
    return materialize(
        assets,
        instance=instance,
        resources={"io_manager": InMemoryIOManager(), **(resources or {})},
        selection=selection,
        raise_on_error=raise_on_error,
        tags=tags,
    )


def _run(
    definitions: Definitions,
    graph: AssetGraph,
    keys: Iterable[str],
    selection: str,
    instance: Instance,
    tags: Mapping[str, str] | None,
    *,
    raise_on_error: bool,
) -> ExecuteInProcessResult:
    plan = plan_run(
        graph,
        set(keys),
        materialized=instance.store.materializations(),
        selection=selection,
        tags=check_run_tags(tags, "the run"),
    )
    values: dict[str, Any] = {}
    errors: list[BaseException] = []
    events: list[Event] = []
    interrupts = Interrupts()  # not entered: signals stay with the caller's program
    runner = StepRunner(
        definitions, FilesystemIOManager(), interrupts, on_value=values.__setitem__, on_error=errors.append
    )
    result = execute_plan(
        plan,
        store=instance.store,
        storage=str(instance.storage),
        executor=InProcessExecutor({_LOCATION: runner}),
        interrupts=interrupts,
        coordinator=this_process(),
        subscribers=(events.append,),
    )
    if result.run.status is RunStatus.CANCELED:
        raise KeyboardInterrupt
    if errors and raise_on_error:
        raise errors[0]
    return ExecuteInProcessResult(result.run, plan, events, values)
