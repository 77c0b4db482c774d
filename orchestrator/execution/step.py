"""Run one step: load its inputs, call the function, store what it makes, and report each fact as it happens.

A `StepRunner` belongs to one loaded code location and runs any number of its steps, one at a time, between `prepare` and
`end` of their run. It knows neither the plan nor the store: facts leave through `emit`, in order. A value is whole in its
place before the event that says so is emitted.
"""

import random
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.config_schema import ConfigField
from orchestrator.definitions.io import IOManager
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.definitions.ops import NO_DEFAULT, OpDefinition
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.results import AssetMaterialization, AssetObservation, ExpectationResult
from orchestrator.definitions.retries import Failure, RetryRequested
from orchestrator.definitions.runtime_types import ANY, PASSED, TypeCheck
from orchestrator.errors import (
    InvariantError,
    MissingOutputError,
    OrchestratorError,
    TypeCheckError,
)
from orchestrator.execution.contexts import AssetExecutionContext, OpExecutionContext, RunInfo, StepInfo
from orchestrator.execution.hook_context import HookContext
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.logs import step_logger
from orchestrator.execution.redaction import redacting
from orchestrator.execution.results import Made, left_over, results_of
from orchestrator.execution.scope import LoadedNodes, RunRequest, RunScope
from orchestrator.execution.values import StepValues
from orchestrator.planning.plan import Step, StepInput
from orchestrator.runs.details import DetailKind, StepDetail
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
    Event,
    ExpectationChecked,
    HookEnded,
    OutputProduced,
    StepCanceled,
    StepFailed,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.workspace.frames import error_info

if TYPE_CHECKING:
    import logging

    from orchestrator.workspace.flatten import PlacedOp

Emit = Callable[[Event], None]


class StepRequest(Struct, frozen=True, kw_only=True):
    """A step to run, in a run that was prepared."""

    run_id: str
    step: Step
    #: How many attempts came before this one.
    attempt: int = 0


class Observer(Struct, frozen=True, kw_only=True):
    """Who wants to see, in this process, what events do not carry."""

    #: Called with step, output, mapping key, asset (or empty) and value of everything made.
    on_value: Callable[[Step, str, str | None, str, Any], None] | None = None
    #: Called with the exception of every step that fails.
    on_error: Callable[[BaseException], None] | None = None
    #: Called with details of steps that events leave out.
    on_detail: Callable[[StepDetail], None] | None = None


class StepRunner:
    """Runs steps of one loaded code location.

    Args:
        definitions: what was loaded.
        default_io_manager: used where the location has no resource `io_manager`.
        interrupts: tells when to stop.
        location: the name of the code location.
        instance: where runs are recorded, if this process holds it.
        observer: sees what events do not carry.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        definitions: Definitions,
        default_io_manager: IOManager,
        interrupts: Interrupts,
        *,
        location: str = "",
        instance: Any = None,
        observer: Observer | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._nodes = LoadedNodes(definitions, default_io_manager)
        self._location = location
        self._instance = instance
        self._scope: RunScope | None = None
        self.interrupts = interrupts
        self.observer = observer or Observer()
        self.now = clock

    def prepare(self, request: RunRequest) -> None:
        """Make ready for a run: resolve its config.

        Raises:
            ConfigError: the config does not fit.
        """
        self._scope = RunScope(self._nodes, request, self._location, self._instance)
        with self.interrupts.user_code():
            self._scope.prepare()

    def start(self) -> None:
        """Start the resources of the run that was prepared.

        Raises:
            ResourceError: a resource cannot be started.
        """
        assert self._scope is not None
        with self.interrupts.user_code():
            self._scope.start()

    def check_config(self, request: RunRequest) -> None:
        """Check the config of a run that is not begun.

        Raises:
            ConfigError: the config does not fit.
        """
        RunScope(self._nodes, request, self._location, self._instance).check_config()

    def describe_config(self, request: RunRequest) -> ConfigField:
        """Everything the config of a run may say about its steps here, as data."""
        return RunScope(self._nodes, request, self._location, self._instance).describe_config()

    def end(self) -> None:
        """Tear down what `start` started."""
        scope, self._scope = self._scope, None
        if scope is not None:
            scope.close()

    def run(self, request: StepRequest, emit: Emit) -> None:
        """Run a step. Whatever user code does, one event says how it ended; hooks follow."""
        emit = redacting(emit)
        scope = self._scope
        assert scope is not None, "a step of a run that was not prepared"
        step = request.step
        run_id, started = request.run_id, self.now()
        emit(
            StepStarted(
                run_id=run_id,
                timestamp=started,
                step=step.key,
                location=step.location,
                assets=step.assets,
                attempt=request.attempt,
            )
        )
        attempt = _Attempt(self, scope, request, emit, started)
        try:
            attempt.run()
        except KeyboardInterrupt:
            emit(StepCanceled(run_id=run_id, timestamp=self.now(), step=step.key, assets=step.assets))
        except BaseException as error:  # noqa: BLE001  the boundary to user code: a step fails, nothing else
            attempt.failed(error)
        else:
            now = self.now()
            emit(StepSucceeded(run_id=run_id, timestamp=now, step=step.key, duration_s=now - started))
            attempt.call_hooks(None)

    def interrupt(self) -> None:
        """Nothing to do: the signal that asks for it reaches this process too."""


class _Attempt:
    """One call of one op."""

    def __init__(self, runner: StepRunner, scope: RunScope, request: StepRequest, emit: Emit, started: float) -> None:
        self._runner = runner
        self._scope = scope
        self._request = request
        self._emit = emit
        self._started = started
        self._step = step = request.step
        self._placed: PlacedOp = scope.nodes.placed(step)
        self._op: OpDefinition = self._placed.op
        self._assets_def = None if step.in_job else scope.nodes.assets[step.node]
        resources = scope.resources((step.in_job, step.node))
        self._resources = resources
        self._log: logging.Logger | None = None
        self._values = StepValues(scope, step, self._op, self._logger)
        self._context: OpExecutionContext | None = None
        self._made: set[str] = set()
        #: For hooks: what was made.
        self._outputs: dict[str, Any] = {}
        self._keeps_outputs = bool(self._hooks())

    def run(self) -> None:
        with self._runner.interrupts.user_code():
            args, kwargs = self._arguments()
            returned = self._op.function(*args, **kwargs)
            nothing = self._assets_def is not None and self._assets_def.outputs[0].stores_nothing
            for made in results_of(returned, self._op, self._step, stores_nothing=nothing):
                if isinstance(made, Made):
                    self._store(made)
                else:
                    self._said(made)
        assets = self._assets_def
        implied, missing = left_over(
            self._op, self._step, self._made, can_subset=assets is not None and assets.can_subset
        )
        for output in implied:
            self._store(Made(output=output))
        if missing:
            hint = "yield it, or mark it AssetOut(is_required=False) or AssetSpec(skippable=True)"
            raise MissingOutputError(
                f"`{self._op.name}` did not produce {', '.join(f'`{name}`' for name in missing)}",
                hint=hint if assets is not None else "yield it, or mark it Out(is_required=False)",
                sources=(self._op.source,),
            )

    def failed(self, error: BaseException) -> None:
        """Report that the attempt failed: for good, or to be tried again."""
        step, run_id = self._step, self._request.run_id
        if isinstance(error, OrchestratorError) and not error.sources:
            error.sources = (step.source,)
        now = self._runner.now()
        wait = self._retry_after(error)
        if wait is not None:
            shown = error.__cause__ if isinstance(error, RetryRequested) and error.__cause__ else error
            self._emit(
                StepUpForRetry(
                    run_id=run_id,
                    timestamp=now,
                    step=step.key,
                    error=error_info(shown),
                    duration_s=now - self._started,
                    wait_s=wait,
                    assets=step.assets,
                )
            )
            for hook in self._hooks():
                self._detail(DetailKind.HOOK_SKIPPED, hook.name)
            return
        if self._runner.observer.on_error is not None:
            self._runner.observer.on_error(error)
        self._emit(
            StepFailed(
                run_id=run_id,
                timestamp=now,
                step=step.key,
                error=error_info(error),
                duration_s=now - self._started,
                assets=step.assets,
                metadata=error.metadata if isinstance(error, Failure | TypeCheckError) else {},
            )
        )
        self.call_hooks(error)

    def call_hooks(self, error: BaseException | None) -> None:
        """Call the hooks after the step ended; one that raises changes nothing about that."""
        for hook in sorted(self._hooks(), key=lambda one: one.name):
            context = HookContext(
                hook_def=hook,
                op=self._op,
                step_key=self._step.key,
                job_name=self._scope.request.job,
                run_id=self._request.run_id,
                op_config=self._op_context().op_config,
                op_exception=error,
                op_output_values=self._outputs,
                op_output_metadata={name: data for (name, _), data in self._op_context().added_metadata.items()},
                instance=self._scope.instance,
                log=self._logger(),
                resources=Resources(self._resources, hook.required_resource_keys),
            )
            failure = None
            try:
                result = hook.run(context, [], succeeded=error is None)
            except Exception as raised:  # noqa: BLE001  the boundary to user code
                failure = error_info(raised)
            else:
                if result.is_skipped:
                    self._detail(DetailKind.HOOK_SKIPPED, hook.name)
                    continue
            self._emit(
                HookEnded(
                    run_id=self._request.run_id,
                    timestamp=self._runner.now(),
                    step=self._step.key,
                    hook=hook.name,
                    error=failure,
                )
            )

    def _hooks(self) -> frozenset[Any]:
        hooks = self._placed.hooks | self._scope.hooks
        return hooks if self._assets_def is None else hooks | self._assets_def.hooks

    def _retry_after(self, error: BaseException) -> float | None:
        """How long to wait before the next attempt, in seconds; None if there is none."""
        if isinstance(error, RetryRequested):
            return (error.seconds_to_wait or 0.0) if self._request.attempt < error.max_retries else None
        if not isinstance(error, Exception) or (isinstance(error, Failure) and not error.allow_retries):
            return None
        policy = self._placed.retry_policy or self._scope.retry_policy
        if policy is None or self._request.attempt >= policy.max_retries:
            return None
        return policy.delay_before(self._request.attempt + 1, random.random)

    def _arguments(self) -> tuple[list[Any], dict[str, Any]]:
        signature = self._op.signature
        values: dict[str, Any] = {name: self._resources[name] for name in signature.resources}
        if signature.context is not None:
            values[signature.context] = self._op_context()
        if signature.config is not None:
            values[signature.config] = self._scope.op_config(self._step)
        passed: dict[str, Any] = {}
        for one in self._step.inputs:
            if one.loads:
                found = self._input(one)
                if found:
                    passed[one.name] = found[0]
        for name, value in passed.items():
            self._check_input(name, value)
            values[name] = value
        positional = []
        for name in signature.positional_only:
            if name not in values:  # from here on, defaults hold
                break
            positional.append(values.pop(name))
        return positional, values

    def _input(self, one: StepInput) -> tuple[Any, ...]:
        """The value of an input, as a tuple of one; empty where the function's default holds."""
        if one.key or one.values or one.fan_in or self._op.ins[one.name].input_manager_key:
            value = self._values.load(one)
            if self._runner.observer.on_detail is not None:
                for _ in range(len(one.values) or 1 if not one.fan_in else len(one.values)):
                    self._detail(DetailKind.INPUT_LOADED, one.name)
            return (value,)
        given = self._scope.given_input(self._step, one, self._op_context)
        if given:
            return given
        default = self._op.ins[one.name].default_value
        if default is NO_DEFAULT:
            raise InvariantError(f"input `{one.name}` of `{self._step.key}` has no value")
        return (default,)

    def _check_input(self, name: str, value: Any) -> None:
        kind = self._op.ins[name].type if name in self._op.ins else ANY
        if kind is not ANY and kind is not None:
            verdict = kind.check(self._type_context(), value)
            self._detail(DetailKind.INPUT_CHECKED, name, verdict=verdict)
            if not verdict.success:
                raise self._mistyped(f"input `{name}`", kind, verdict)
        elif self._runner.observer.on_detail is not None:
            self._detail(DetailKind.INPUT_CHECKED, name)

    def _mistyped(self, what: str, kind: Any, verdict: Any) -> TypeCheckError:
        why = f": {verdict.description}" if verdict.description else ""
        return TypeCheckError(
            f"{what} of `{self._op.name}` is not of type {kind.name}{why}",
            sources=(self._op.source,),
            metadata=verdict.metadata,
        )

    def _type_context(self) -> Any:
        return self._op_context()

    def _store(self, made: Made) -> None:
        output = made.output
        if output.name in self._made and not output.dynamic:
            raise InvariantError(
                f"`{self._op.name}` produced `{output.key or output.name}` twice", sources=(self._op.source,)
            )
        verdict = self._check_output(made) if made.has_value else PASSED
        metadata: Mapping[str, AnyMetadataValue] = made.metadata
        added = None if self._context is None else self._context.added_metadata
        if added:
            metadata = {
                **made.metadata,
                **added.get((output.name, None), {}),
                **(added.get((output.name, made.mapping_key), {}) if made.mapping_key else {}),
            }
        self._detail(DetailKind.OUTPUT_CHECKED, output.name, made.mapping_key, metadata=metadata, verdict=verdict)
        if made.has_value:
            said, events = self._values.store(made, metadata)
            metadata = {**metadata, **said}
            for event in events:
                self._said(event)
        self._made.add(output.name)
        observer = self._runner.observer
        if observer.on_value is not None:
            observer.on_value(self._step, output.name, made.mapping_key, output.key, made.value)
        if self._keeps_outputs and made.has_value:
            if made.mapping_key is None:
                self._outputs[output.name] = made.value
            else:
                self._outputs.setdefault(output.name, {})[made.mapping_key] = made.value
        self._emit(self._made_event(made, metadata))
        if made.has_value:
            self._detail(DetailKind.OUTPUT_HANDLED, output.name, made.mapping_key, metadata=metadata)

    def _made_event(self, made: Made, metadata: Mapping[str, AnyMetadataValue]) -> Event:
        output, now, run_id = made.output, self._runner.now(), self._request.run_id
        if not output.key:
            return OutputProduced(
                run_id=run_id,
                timestamp=now,
                step=self._step.key,
                output=output.name,
                mapping_key=made.mapping_key,
                stored=made.has_value,
                metadata=metadata,
            )
        version = made.data_version
        if version is None and self._context is not None and output.key in self._context.added_versions:
            version = self._context.added_versions[output.key].value
        if made.observed:
            return AssetObserved(
                run_id=run_id,
                timestamp=now,
                step=self._step.key,
                asset=output.key,
                metadata=metadata,
                tags=made.tags,
                data_version=version,
            )
        return AssetMaterialized(
            run_id=run_id,
            timestamp=now,
            step=self._step.key,
            asset=output.key,
            stored=made.has_value,
            metadata=metadata,
            tags=made.tags,
            data_version=version,
            code_version=output.code_version,
            duration_s=now - self._started,
            location=self._step.location,
        )

    def _check_output(self, made: Made) -> TypeCheck:
        kind = self._op.outs[made.output.name].type
        if kind is None or kind is ANY:
            return PASSED
        verdict = kind.check(self._type_context(), made.value)
        if not verdict.success:
            self._detail(DetailKind.OUTPUT_CHECKED, made.output.name, made.mapping_key, verdict=verdict)
            raise self._mistyped(f"output `{made.output.name}`", kind, verdict)
        return verdict

    def _said(self, said: Any) -> None:
        """Record what user code says besides its outputs."""
        common: dict[str, Any] = {
            "run_id": self._request.run_id,
            "timestamp": self._runner.now(),
            "step": self._step.key,
        }
        match said:
            case AssetMaterialization():
                self._emit(
                    AssetMaterialized(
                        asset=key_text(said.asset_key),
                        metadata=said.metadata or {},
                        tags=said.tags or {},
                        description=said.description or "",
                        location=self._step.location,
                        **common,
                    )
                )
            case AssetObservation():
                self._emit(
                    AssetObserved(
                        asset=key_text(said.asset_key),
                        metadata=said.metadata or {},
                        tags=said.tags or {},
                        description=said.description or "",
                        **common,
                    )
                )
            case ExpectationResult():
                self._emit(
                    ExpectationChecked(
                        success=said.success,
                        label=said.label or "",
                        description=said.description or "",
                        metadata=said.metadata or {},
                        **common,
                    )
                )
            case _:
                raise InvariantError(
                    f"`{self._op.name}` logged a {type(said).__name__}, which is no event",
                    hint="AssetMaterialization, AssetObservation or ExpectationResult",
                )

    def _op_context(self) -> OpExecutionContext:
        if self._context is None:
            request = self._scope.request
            info = StepInfo(
                op=self._op,
                step_key=self._step.key,
                run=RunInfo(
                    run_id=request.run_id, job_name=request.job, tags=dict(request.tags), run_config=request.config
                ),
                outputs={output.name: output.key for output in self._step.outputs},
                inputs={one.name: one.key for one in self._step.inputs if one.key},
                assets_def=self._assets_def,
                op_config=self._scope.op_config(self._step),
                resources=Resources(self._resources, self._op.required_resource_keys),
                retry_number=self._request.attempt,
                mapping_key=self._step.mapping_key,
                make_log=self._logger,
                load_value=self._values.load_asset,
                on_event=self._said,
                instance=self._scope.instance,
            )
            kind = OpExecutionContext if self._assets_def is None else AssetExecutionContext
            self._context = kind(info)
        return self._context

    def _detail(
        self,
        kind: DetailKind,
        name: str,
        mapping_key: str | None = None,
        *,
        verdict: TypeCheck = PASSED,
        metadata: Mapping[str, AnyMetadataValue] | None = None,
    ) -> None:
        on_detail = self._runner.observer.on_detail
        if on_detail is not None:
            on_detail(
                StepDetail(
                    kind=kind,
                    run_id=self._request.run_id,
                    timestamp=self._runner.now(),
                    step=self._step.key,
                    name=name,
                    mapping_key=mapping_key,
                    verdict=verdict,
                    metadata=metadata or {},
                )
            )

    def _logger(self) -> "logging.Logger":
        if self._log is None:
            self._log = step_logger(self._request.run_id, self._step.key, self._emit)
        return self._log
