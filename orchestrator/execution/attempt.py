"""One attempt at a step: load its inputs, call the function, store what it makes, call hooks."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from orchestrator.definitions.composition import GraphNode
from orchestrator.definitions.ins_and_outs import NO_DEFAULT
from orchestrator.definitions.observable import ObservableAsset
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.retries import Failure, RetryRequested
from orchestrator.definitions.runtime_types import ANY, TypeCheck
from orchestrator.definitions.upward import fetch
from orchestrator.errors import (
    DefinitionError,
    InvariantError,
    MaxRetriesExceededError,
    MissingOutputError,
    OrchestratorError,
    StepTimeoutError,
    TypeCheckError,
)
from orchestrator.execution.contexts import CURRENT, AssetExecutionContext, OpExecutionContext, RunInfo, StepInfo
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.location_part import loader_resources
from orchestrator.execution.logs import step_logger
from orchestrator.execution.reporting import StepReport
from orchestrator.execution.results import Made, left_over, results_of
from orchestrator.execution.scope import RunScope
from orchestrator.execution.values import StepValues
from orchestrator.planning.plan import Step, StepInput
from orchestrator.runs.details import DetailKind

if TYPE_CHECKING:
    import logging

    from orchestrator.definitions.metadata import AnyMetadataValue
    from orchestrator.definitions.ops import OpDefinition
    from orchestrator.execution.hook_context import HookContext
    from orchestrator.workspace.flatten import PlacedOp

_NO_LIMIT = nullcontext()


class Attempt:
    """One call of one op.

    Args:
        scope: the run in this process.
        step: the step.
        number: how many attempts came before this one.
        report: where everything is reported.
        interrupts: tells when to stop.
    """

    def __init__(self, scope: RunScope, step: Step, number: int, report: StepReport, interrupts: Interrupts) -> None:
        self._scope = scope
        self._step = step
        self._number = number
        self._report = report
        self._interrupts = interrupts
        self._placed: PlacedOp = scope.nodes.placed(step)
        self._op: OpDefinition = self._placed.op
        self._assets_def = None if step.in_job else scope.nodes.assets[step.node]
        self._observes = self._assets_def is not None and self._assets_def.observes
        self._resources = scope.resources((step.in_job, step.node))
        self._log: logging.Logger | None = None
        self._values = StepValues(scope, step, self._op, self._logger, report)
        self._context: OpExecutionContext | None = None
        self._made: set[str] = set()
        #: For hooks: what was made.
        self._outputs: dict[str, Any] = {}
        self._hooks: Sequence[Any] = ()
        hooks = self._all_hooks()
        if hooks:
            self._hooks = sorted(hooks, key=lambda hook: hook.name)
            if any(hook.after is None for hook in hooks):
                report.keep()

    @property
    def has_hooks(self) -> bool:
        """Whether hooks are called when the step has ended."""
        return bool(self._hooks)

    def run(self) -> None:
        """Do what the step is to do; whatever user code raises comes through."""
        current = CURRENT.set(self._op_context)
        try:
            self._compute()
        finally:
            CURRENT.reset(current)

    def _compute(self) -> None:
        with self._interrupts.user_code(), self._time_limit():
            args, kwargs = self._arguments()
            returned = self._op.function(*args, **kwargs)
            nothing = self._assets_def is not None and self._assets_def.outputs[0].stores_nothing
            for made in results_of(returned, self._op, self._step, stores_nothing=nothing, observes=self._observes):
                if isinstance(made, Made):
                    self._store(made)
                else:
                    self._report.said(made)
        assets = self._assets_def
        implied, missing = left_over(
            self._op,
            self._step,
            self._made,
            can_subset=assets is not None and assets.can_subset,
            observes=self._observes,
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

    def _time_limit(self) -> AbstractContextManager[None]:
        demands = self._step.demands
        if demands is None or demands.timeout_s is None:
            return _NO_LIMIT
        error = StepTimeoutError(f"`{self._step.key}` took longer than {demands.timeout_s:g} s")
        return self._interrupts.time_limit(demands.timeout_s, error)

    def failed(self, error: BaseException) -> None:
        """Report that the attempt failed: for good, or to be tried again."""
        if isinstance(error, OrchestratorError) and not error.sources:
            error.sources = (self._step.source,)
        retries = self._retries_for(error)
        if retries is not None and self._number < retries:
            self._report.up_for_retry(error, self._wait_after(error))
            for hook in self._hooks:
                self._report.detail(DetailKind.HOOK_SKIPPED, hook.name)
            return
        self._report.failed(error if retries is None else self._used_up(error, retries), error)
        self.call_hooks(error)

    def _used_up(self, error: BaseException, retries: int) -> MaxRetriesExceededError:
        raised = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        used_up = MaxRetriesExceededError(
            f"`{self._step.key}` failed in {self._number + 1} of {retries + 1} attempts: {raised}",
            sources=(self._step.source,),
        )
        used_up.__cause__ = error
        return used_up

    def _retries_for(self, error: BaseException) -> int | None:
        """How often the step may be tried again after an error; None if nothing was said about it."""
        if not self._scope.request.retries:
            return None
        if isinstance(error, RetryRequested):
            return error.max_retries
        if not isinstance(error, Exception) or (isinstance(error, Failure) and not error.allow_retries):
            return None
        policy = self._placed.retry_policy or self._scope.retry_policy
        return None if policy is None else policy.max_retries

    def _wait_after(self, error: BaseException) -> float:
        """How long to wait before the next attempt, in seconds."""
        if isinstance(error, RetryRequested):
            return error.seconds_to_wait or 0.0
        policy = self._placed.retry_policy or self._scope.retry_policy
        if policy is None:
            return 0.0
        import random  # noqa: PLC0415  few steps are tried again

        return policy.delay_before(self._number + 1, random.random)

    def call_hooks(self, error: BaseException | None) -> None:
        """Call the hooks after the step ended; one that raises changes nothing about that."""
        events: list[Any] = []
        if self._report.kept is not None:
            events = fetch("runs.event_view", "views_of")(self._report.kept, self._scope.request.job)
        for hook in self._hooks:
            failure = None
            try:
                result = hook.run(self._hook_context(hook, error), events, succeeded=error is None)
            except Exception as raised:  # noqa: BLE001  the boundary to user code
                failure = raised
            else:
                if result.is_skipped:
                    self._report.detail(DetailKind.HOOK_SKIPPED, hook.name)
                    continue
            self._report.hook_ended(hook.name, failure)

    def _hook_context(self, hook: Any, error: BaseException | None) -> "HookContext":
        metadata: dict[str, Any] = {}
        for (name, mapping_key), added in self._op_context().added_metadata.items():
            if mapping_key is None:
                metadata[name] = added
            else:
                metadata.setdefault(name, {})[mapping_key] = added
        context: HookContext = fetch("execution.hook_context", "HookContext")(
            hook_def=hook,
            op=self._op,
            step_key=self._step.key,
            job_name=self._scope.request.job,
            run_id=self._scope.request.run_id,
            op_config=self._op_context().op_config,
            op_exception=error,
            op_output_values=self._outputs,
            op_output_metadata=metadata,
            instance=self._scope.instance,
            log=self._logger(),
            resources=Resources(self._resources, hook.required_resource_keys),
        )
        return context

    def _all_hooks(self) -> frozenset[Any]:
        hooks = self._placed.hooks | self._scope.hooks
        return hooks if self._assets_def is None else hooks | self._assets_def.hooks

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
        if one.key or one.values or one.fan_in:
            return (self._values.load(one),)
        given = self._scope.given_input(self._step, one, self._loader_context)
        if given:
            return given
        if one.io_manager_key:
            return (self._values.load(one),)
        default = self._op.ins[one.name].default_value
        if default is NO_DEFAULT:
            raise InvariantError(f"input `{one.name}` of `{self._step.key}` has no value")
        return (default,)

    def _check_input(self, name: str, value: Any) -> None:
        kind = self._op.ins[name].type if name in self._op.ins else ANY
        if kind is ANY or kind is None:
            if self._report.details_are_wanted:
                self._report.detail(DetailKind.INPUT_CHECKED, name)
            return
        verdict = kind.check(self._type_context(kind.all_resource_keys), value)
        self._report.detail(DetailKind.INPUT_CHECKED, name, **_said_by(verdict))
        if not verdict.success:
            raise self._mistyped(f"input `{name}`", kind, verdict)

    def _check_output(self, made: Made, metadata: "Mapping[str, AnyMetadataValue]") -> None:
        kind = self._op.outs[made.output.name].type if made.has_value else ANY
        verdict = None
        if kind is not ANY and kind is not None:
            verdict = kind.check(self._type_context(kind.all_resource_keys), made.value)
        self._report.detail(
            DetailKind.OUTPUT_CHECKED,
            made.output.name,
            mapping_key=made.mapping_key,
            output_metadata=metadata,
            **({} if verdict is None else _said_by(verdict)),
        )
        if verdict is not None and not verdict.success:
            raise self._mistyped(f"output `{made.output.name}`", kind, verdict)

    def _mistyped(self, what: str, kind: Any, verdict: TypeCheck) -> TypeCheckError:
        why = f": {verdict.description}" if verdict.description else ""
        return TypeCheckError(
            f"{what} of `{self._op.name}` is not of type {kind.name}{why}",
            sources=(self._op.source,),
            metadata=verdict.metadata,
        )

    def _store(self, made: Made) -> None:
        output = made.output
        if output.name in self._made and not output.dynamic:
            raise InvariantError(
                f"`{self._op.name}` produced `{output.key or output.name}` twice", sources=(self._op.source,)
            )
        metadata: Mapping[str, AnyMetadataValue] = made.metadata
        added = None if self._context is None else self._context.added_metadata
        if added:
            metadata = {
                **made.metadata,
                **added.get((output.name, None), {}),
                **(added.get((output.name, made.mapping_key), {}) if made.mapping_key else {}),
            }
        observation_first = isinstance(self._assets_def, ObservableAsset)
        if observation_first:
            self._report.made(made, metadata, self._version_of(made))
        self._check_output(made, metadata)
        stored = None
        if made.has_value:
            stored = self._values.store(made, metadata)
            metadata = {**metadata, **stored.metadata}
            for event in stored.events:
                self._report.said(event)
        self._made.add(output.name)
        if self._hooks and made.has_value:
            if made.mapping_key is None:
                self._outputs[output.name] = made.value
            else:
                self._outputs.setdefault(output.name, {})[made.mapping_key] = made.value
        if not observation_first:
            self._report.made(made, metadata, self._version_of(made))
        if stored is not None:
            self._report.detail(
                DetailKind.OUTPUT_HANDLED,
                output.name,
                mapping_key=made.mapping_key,
                metadata=stored.metadata,
                manager_key=stored.manager_key,
            )

    def _version_of(self, made: Made) -> str | None:
        if made.data_version is not None or self._context is None:
            return made.data_version
        said = self._context.added_versions.get(made.output.key)
        return None if said is None else said.value

    def _op_context(self) -> OpExecutionContext:
        if self._context is None:
            signature = self._op.signature
            if self._assets_def is None and signature.annotations.get(signature.context or "") is AssetExecutionContext:
                raise DefinitionError(
                    f"`{self._op.name}` takes an AssetExecutionContext, and makes no asset here",
                    hint="annotate it as OpExecutionContext",
                )
            plain = self._assets_def is None or signature.annotations.get(signature.context or "") is OpExecutionContext
            kind = OpExecutionContext if plain else AssetExecutionContext
            self._context = kind(self._step_info())
            self._context.made = self._made
        return self._context

    def _step_info(self) -> StepInfo:
        request = self._scope.request
        placed = self._placed
        return StepInfo(
            op=self._op,
            node=GraphNode(
                name=placed.path.rpartition(".")[2] or self._op.name,
                definition=self._op,
                tags=placed.tags,
                hooks=placed.hooks,
                retry_policy=placed.retry_policy,
            ),
            job_def=self._scope.job_def,
            step_key=self._step.key,
            run=RunInfo(
                run_id=request.run_id, job_name=request.job, tags=dict(request.tags), run_config=request.config
            ),
            outputs={output.name: output.key for output in self._step.outputs},
            inputs={one.name: one.key for one in self._step.inputs if one.key},
            assets_def=self._assets_def,
            op_config=self._scope.op_config(self._step),
            resources=Resources(self._resources, self._op.required_resource_keys),
            retry_number=self._number,
            mapping_key=self._step.mapping_key,
            make_log=self._logger,
            load_value=self._values.load_asset,
            on_event=self._report.said,
            instance=self._scope.instance,
        )

    def _loader_context(self, name: str) -> OpExecutionContext:
        """The context of what makes the value of an input of config."""
        return self._type_context(loader_resources(self._op.ins[name].dagster_type))

    def _type_context(self, needed: Iterable[str]) -> OpExecutionContext:
        """The context of a function of a type: that of the op, with the resources that the type needs."""
        context = self._op_context()
        keys = self._op.required_resource_keys | set(needed)
        if len(keys) == len(self._op.required_resource_keys):
            return context
        return type(context)(msgspec.structs.replace(self._step_info(), resources=Resources(self._resources, keys)))

    def _logger(self) -> "logging.Logger":
        if self._log is None:
            loggers = self._scope.loggers
            self._log = step_logger(
                self._scope.request.run_id,
                self._step.key,
                self._report.emit,
                None if loggers is None else partial(loggers.handle, step=self._step.key),
            )
        return self._log


def _said_by(verdict: TypeCheck) -> dict[str, Any]:
    """What the check of a value says, as fields of a detail."""
    return {"success": verdict.success, "description": verdict.description, "metadata": verdict.metadata or {}}
