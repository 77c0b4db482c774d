"""Run one step: load its inputs, call the function, store what it makes, and report each fact as it happens.

A `StepRunner` belongs to one loaded code location and runs any number of its steps, one at a time. It knows neither
the plan nor the store: facts leave through `emit`, in order. The value of an asset is whole in its place before
`AssetMaterialized` is emitted.
"""

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from orchestrator.definitions.assets import AssetOutput, AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.io import IOManager, store_value
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.resources import Resources
from orchestrator.errors import ExecutionError, OrchestratorError
from orchestrator.execution.contexts import AssetExecutionContext, RunInfo
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.logs import step_logger
from orchestrator.execution.results import Made, results_of
from orchestrator.planning.plan import Step, StepInput
from orchestrator.runs.events import (
    AssetMaterialized,
    Event,
    StepCanceled,
    StepFailed,
    StepStarted,
    StepSucceeded,
)
from orchestrator.workspace.frames import error_info

if TYPE_CHECKING:
    import logging

Emit = Callable[[Event], None]
_DEFAULT = "io_manager"


class StepRequest(Struct, frozen=True, kw_only=True):
    """Everything a process that has loaded the code location needs to run a step."""

    run_id: str
    step: Step
    #: Folder for values of IO managers that have none of their own.
    storage: str
    job: str | None = None
    tags: Mapping[str, str] = {}


class StepRunner:
    """Runs steps of one loaded code location.

    Args:
        definitions: what was loaded.
        default_io_manager: used where the location has no resource `io_manager`.
        interrupts: tells when to stop.
        on_value: called with key and value of everything stored.
        on_error: called with the exception of every step that fails.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        definitions: Definitions,
        default_io_manager: IOManager,
        interrupts: Interrupts,
        *,
        on_value: Callable[[str, Any], None] | None = None,
        on_error: Callable[[BaseException], None] | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        computed = [item for item in definitions.assets if isinstance(item, AssetsDefinition)]
        self._nodes = {item.name: item for item in computed}
        self._made_by = {key_text(output.spec.key): (item, output) for item in computed for output in item.outputs}
        self._resources: dict[str, Any] = {_DEFAULT: default_io_manager, **definitions.resources}
        self._managers: dict[tuple[str, int], IOManager] = {}
        self._interrupts = interrupts
        self._on_value = on_value
        self._on_error = on_error
        self._clock = clock

    def run(self, request: StepRequest, emit: Emit) -> None:
        """Run a step. Whatever user code does, the last event is success, failure or cancellation."""
        step = request.step
        run_id, started = request.run_id, self._clock()
        emit(StepStarted(run_id=run_id, timestamp=started, step=step.key, location=step.location, assets=step.assets))
        try:
            _Attempt(self, request, emit, started).run()
        except KeyboardInterrupt:
            emit(StepCanceled(run_id=run_id, timestamp=self._clock(), step=step.key, assets=step.assets))
        except BaseException as error:  # noqa: BLE001  the boundary to user code: a step fails, nothing else
            if isinstance(error, OrchestratorError) and not error.sources:
                error.sources = (step.source,)
            if self._on_error is not None:
                self._on_error(error)
            now = self._clock()
            emit(
                StepFailed(
                    run_id=run_id,
                    timestamp=now,
                    step=step.key,
                    error=error_info(error),
                    duration_s=now - started,
                    assets=step.assets,
                )
            )
        else:
            now = self._clock()
            emit(StepSucceeded(run_id=run_id, timestamp=now, step=step.key, duration_s=now - started))

    def interrupt(self) -> None:
        """Nothing to do: the signal that asks for it reaches this process too."""

    def node(self, name: str) -> AssetsDefinition:
        """The definition with this name."""
        return self._nodes[name]

    def definition(self, key: str) -> AssetOutput:
        """How an asset of this location is defined."""
        return self._made_by[key][1]

    def resources(self, node: AssetsDefinition) -> Mapping[str, Any]:
        """All that a node may use."""
        return {**self._resources, **node.resource_defs} if node.resource_defs else self._resources

    def io_manager(self, key: str, resources: Mapping[str, Any], storage: str) -> IOManager:
        """The IO manager under a resource key, told where the run keeps values."""
        manager = resources[key]
        cached = self._managers.get((storage, id(manager)))
        if cached is None:
            within = getattr(manager, "within", None)  # a duck that is no IOManager has its own place
            cached = self._managers[storage, id(manager)] = manager if within is None else within(storage)
        return cached

    def manager_for_input(self, one: StepInput, node: AssetsDefinition, storage: str) -> IOManager:
        """The IO manager that loads an input: of the location, or the one given to the upstream itself."""
        resources = self.resources(node)
        if one.io_manager_key not in resources and one.key in self._made_by:
            resources = self.resources(self._made_by[one.key][0])
        return self.io_manager(one.io_manager_key, resources, storage)

    def load_value(self, key: str, request: StepRequest) -> Any:
        """The stored value of any asset, as `context.load_asset_value` gives it."""
        made_by = self._made_by.get(key)
        manager_key = made_by[1].io_manager_key if made_by else _DEFAULT
        one = StepInput(name=key, key=key, loads=True, io_manager_key=manager_key)
        node = made_by[0] if made_by else self.node(request.step.node)
        manager = self.manager_for_input(one, node, request.storage)
        return manager.load_input(self.input_context(one, node, request))

    def input_context(
        self,
        one: StepInput,
        node: AssetsDefinition,
        request: StepRequest,
        make_log: "Callable[[], logging.Logger] | None" = None,
    ) -> InputContext:
        """What an IO manager is told about a value to load."""
        made_by = self._made_by.get(one.key)
        key = AssetKey(one.key)
        upstream = OutputContext(
            asset_key=key,
            name=made_by[1].name if made_by else "result",
            definition_metadata=made_by[1].spec.metadata if made_by else one.metadata,
        )
        metadata = next((item.metadata for item in node.inputs if item.name == one.name), {})
        return InputContext(
            asset_key=key,
            name=one.name,
            step_key=request.step.key,
            run_id=request.run_id,
            definition_metadata=metadata,
            upstream_output=upstream,
            resources=Resources(self.resources(node), node.required_resource_keys),
            make_log=make_log,
        )

    def stored(self, key: str, value: Any) -> None:
        """Note that a value was stored."""
        if self._on_value is not None:
            self._on_value(key, value)

    @property
    def interrupts(self) -> Interrupts:
        """Tells when to stop."""
        return self._interrupts

    def now(self) -> float:
        """The time, in seconds since 1970."""
        return self._clock()


class _Attempt:
    """One call of one node."""

    def __init__(self, runner: StepRunner, request: StepRequest, emit: Emit, started: float) -> None:
        self._runner = runner
        self._request = request
        self._emit = emit
        self._started = started
        self._step = request.step
        self._node = runner.node(request.step.node)
        self._resources = runner.resources(self._node)
        self._log: logging.Logger | None = None
        self._context = AssetExecutionContext(
            step=request.step,
            run=RunInfo(request.run_id, request.job, request.tags),
            assets_def=self._node,
            resources=Resources(self._resources, self._node.required_resource_keys),
            make_log=self._logger,
            load_value=lambda key: runner.load_value(key, request),
        )
        self._stored: set[str] = set()

    def run(self) -> None:
        with self._runner.interrupts.user_code():
            args, kwargs = self._arguments()
            returned = self._node.function(*args, **kwargs)
            for made in results_of(returned, self._node, self._step):
                self._store(made)
        missing = [out for out in self._step.outputs if out.required and out.key not in self._stored]
        if missing:
            names = ", ".join(f"`{out.key}`" for out in missing)
            raise ExecutionError(
                f"`{self._node.name}` did not produce {names}",
                hint="yield it, or mark it AssetOut(is_required=False) or AssetSpec(skippable=True)",
                sources=(self._node.source,),
            )

    def _arguments(self) -> tuple[list[Any], dict[str, Any]]:
        signature = self._node.signature
        values: dict[str, Any] = {name: self._resources[name] for name in signature.resources}
        if signature.context is not None:
            values[signature.context] = self._context
        for one in self._step.inputs:
            if one.loads:
                values[one.name] = self._load(one)
        positional = []
        for name in signature.positional_only:
            if name not in values:  # from here on, defaults hold
                break
            positional.append(values.pop(name))
        return positional, values

    def _load(self, one: StepInput) -> Any:
        manager = self._runner.manager_for_input(one, self._node, self._request.storage)
        return manager.load_input(self._runner.input_context(one, self._node, self._request, self._logger))

    def _store(self, made: Made) -> None:
        output = made.output
        if output.key in self._stored:
            raise ExecutionError(f"`{self._node.name}` produced `{output.key}` twice", sources=(self._node.source,))
        definition = self._runner.definition(output.key)
        added = self._context.added_metadata.pop(output.name, {})
        metadata = {**made.metadata, **added}
        if made.has_value:
            metadata |= self._store_value(made, definition.io_manager_key, definition.spec.metadata, metadata)
        self._stored.add(output.key)
        now = self._runner.now()
        self._emit(
            AssetMaterialized(
                run_id=self._request.run_id,
                timestamp=now,
                step=self._step.key,
                asset=output.key,
                stored=made.has_value,
                metadata=metadata,
                tags=made.tags,
                data_version=made.data_version,
                code_version=output.code_version,
                duration_s=now - self._started,
                location=self._step.location,
            )
        )

    def _store_value(
        self, made: Made, manager_key: str, definition_metadata: Mapping[str, Any], metadata: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        context = OutputContext(
            asset_key=AssetKey(made.output.key),
            name=made.output.name,
            step_key=self._step.key,
            run_id=self._request.run_id,
            definition_metadata=definition_metadata,
            output_metadata=metadata,
            resources=self._context.resources,
            make_log=self._logger,
        )
        manager = self._runner.io_manager(manager_key, self._resources, self._request.storage)
        store_value(manager, context, made.value)
        self._runner.stored(made.output.key, made.value)
        return context.consume_logged_metadata()

    def _logger(self) -> "logging.Logger":
        if self._log is None:
            self._log = step_logger(self._request.run_id, self._step.key, self._emit)
        return self._log
