"""What one attempt at a step reports: an event for every fact, and details for those that look at a run from inside."""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from orchestrator.definitions.env import secrets
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.definitions.results import AssetMaterialization, AssetObservation, ExpectationResult
from orchestrator.definitions.retries import Failure
from orchestrator.errors import ArgumentError, HookError, TypeCheckError
from orchestrator.execution.redaction import redacted
from orchestrator.execution.results import Made
from orchestrator.planning.plan import Step
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
    from orchestrator.execution.usage import Meter, Usage

Emit = Callable[[Event], None]


class Observer(Struct, frozen=True, kw_only=True):
    """Who wants to see, in this process, what events do not carry."""

    #: Called with step, output, mapping key, asset (or empty) and value of everything made.
    on_value: Callable[[Step, str, str | None, str, Any], None] | None = None
    #: Called with the exception of every step that fails.
    on_error: Callable[[BaseException], None] | None = None
    #: Called with details of steps that events leave out.
    on_detail: Callable[[StepDetail], None] | None = None


class StepReport:
    """Reports of one attempt.

    Args:
        run_id: the run.
        step: the step.
        emit: takes the events.
        observer: sees what events do not carry.
        clock: seconds since 1970.
        meter: measures what the attempt takes; None if it cannot be measured.
        spent_s: how long the steps of its graph took that lead to its assets.
    """

    def __init__(
        self,
        run_id: str,
        step: Step,
        emit: Emit,
        observer: Observer,
        clock: Callable[[], float],
        *,
        meter: "Meter | None" = None,
        spent_s: float = 0.0,
    ) -> None:
        self._meter = meter
        self._run_id = run_id
        self._step = step
        self._emit = emit
        self._observer = observer
        self._clock = clock
        self._began = clock()
        self._spent_s = spent_s
        #: Everything that was reported, if somebody asked for it to be kept.
        self.kept: list[Event | StepDetail] | None = None

    def keep(self) -> None:
        """Keep everything from here on."""
        self.kept = []

    def emit(self, event: Event) -> None:
        """Report an event."""
        if self.kept is not None:
            self.kept.append(event)
        self._emit(redacted(event) if secrets.known else event)

    @property
    def details_are_wanted(self) -> bool:
        """Whether anybody looks at details."""
        return self.kept is not None or self._observer.on_detail is not None

    def detail(self, kind: DetailKind, name: str, **more: Any) -> None:
        """Report a detail.

        Args:
            kind: what happened.
            name: of the input, output or hook.
            more: other fields of a `StepDetail`.
        """
        if not self.details_are_wanted:
            return
        detail = StepDetail(
            kind=kind, run_id=self._run_id, timestamp=self._clock(), step=self._step.key, name=name, **more
        )
        if self.kept is not None:
            self.kept.append(detail)
        if self._observer.on_detail is not None:
            self._observer.on_detail(detail)

    def started(self, attempt: int, worker: str = "") -> None:
        """The attempt begins.

        Args:
            attempt: how many came before.
            worker: what the process is called.
        """
        self.emit(
            StepStarted(
                run_id=self._run_id,
                timestamp=self._began,
                step=self._step.key,
                location=self._step.location,
                assets=self._step.assets,
                attempt=attempt,
                worker=worker,
                pid=os.getpid(),
                upstream=self._step.upstream,
            )
        )

    def succeeded(self) -> None:
        """The step ended well."""
        now = self._clock()
        self.emit(
            StepSucceeded(
                run_id=self._run_id,
                timestamp=now,
                step=self._step.key,
                duration_s=now - self._began,
                **self._usage(),
            )
        )

    def _usage(self) -> "Usage":
        return {} if self._meter is None else self._meter.read()

    def canceled(self) -> None:
        """The step was stopped."""
        self.emit(
            StepCanceled(run_id=self._run_id, timestamp=self._clock(), step=self._step.key, assets=self._step.assets)
        )

    def up_for_retry(self, error: BaseException, wait_s: float) -> None:
        """The attempt failed, and another follows."""
        now = self._clock()
        self.emit(
            StepUpForRetry(
                run_id=self._run_id,
                timestamp=now,
                step=self._step.key,
                error=error_info(error),
                duration_s=now - self._began,
                wait_s=wait_s,
                assets=self._step.assets,
                **self._usage(),
            )
        )

    def failed(self, error: BaseException, shown: BaseException) -> None:
        """The step ended badly.

        Args:
            error: what ended it.
            shown: what the event tells.
        """
        now = self._clock()
        if self._observer.on_error is not None:
            self._observer.on_error(error)
        self.emit(
            StepFailed(
                run_id=self._run_id,
                timestamp=now,
                step=self._step.key,
                error=error_info(shown),
                duration_s=now - self._began,
                assets=self._step.at_stake,
                metadata=shown.metadata if isinstance(shown, Failure | TypeCheckError) else {},
                **self._usage(),
            )
        )

    def made(self, made: Made, metadata: Mapping[str, AnyMetadataValue], data_version: str | None) -> None:
        """An output was made, and its value is stored if it has one.

        Args:
            made: the output.
            metadata: all that is said about it.
            data_version: the version of what was made.
        """
        observer = self._observer
        if observer.on_value is not None:
            observer.on_value(self._step, made.output.name, made.mapping_key, made.output.key, made.value)
        self.emit(self._event_of(made, metadata, data_version))

    def _event_of(self, made: Made, metadata: Mapping[str, AnyMetadataValue], data_version: str | None) -> Event:
        output, now = made.output, self._clock()
        if not output.key:
            return OutputProduced(
                run_id=self._run_id,
                timestamp=now,
                step=self._step.key,
                output=output.name,
                mapping_key=made.mapping_key,
                stored=made.has_value,
                metadata=metadata,
            )
        if made.observed:
            return AssetObserved(
                run_id=self._run_id,
                timestamp=now,
                step=self._step.key,
                asset=output.key,
                metadata=metadata,
                tags=made.tags,
                data_version=data_version,
            )
        return AssetMaterialized(
            run_id=self._run_id,
            timestamp=now,
            step=self._step.key,
            asset=output.key,
            output=output.name,
            stored=made.has_value,
            metadata=metadata,
            tags=made.tags,
            data_version=data_version,
            code_version=output.code_version,
            duration_s=now - self._began + self._spent_s,
            location=self._step.location,
        )

    def said(self, said: Any) -> None:
        """User code said something besides its outputs.

        Raises:
            InvariantError: it is no event.
        """
        common: dict[str, Any] = {"run_id": self._run_id, "timestamp": self._clock(), "step": self._step.key}
        match said:
            case AssetMaterialization():
                common |= {"asset": key_text(said.asset_key), "tags": said.tags or {}, "partition": said.partition}
                common["location"] = self._step.location
                kind: type[AssetMaterialized | AssetObserved | ExpectationChecked] = AssetMaterialized
            case AssetObservation():
                common |= {"asset": key_text(said.asset_key), "tags": said.tags or {}, "partition": said.partition}
                kind = AssetObserved
            case ExpectationResult():
                common |= {"success": said.success, "label": said.label or ""}
                kind = ExpectationChecked
            case _:
                raise ArgumentError(
                    f"step `{self._step.key}` logged a {type(said).__name__}, which is no event",
                    hint="AssetMaterialization, AssetObservation or ExpectationResult",
                )
        self.emit(kind(metadata=said.metadata or {}, description=said.description or "", **common))

    def hook_ended(self, hook: str, error: BaseException | None) -> None:
        """A hook was called; of one that raised, the event tells what."""
        if isinstance(error, HookError) and error.__cause__ is not None:
            error = error.__cause__
        self.emit(
            HookEnded(
                run_id=self._run_id,
                timestamp=self._clock(),
                step=self._step.key,
                hook=hook,
                error=None if error is None else error_info(error),
            )
        )
