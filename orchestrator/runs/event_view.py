"""The events of a run as programs look at them: one class with a question for everything.

The events themselves (`runs/events.py`) are what is stored; a view says the same under the names that Dagster's users
know: `event_type`, `step_key`, `event_specific_data`, `asset_key`, `is_step_success` and so on.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.op_handles import OpHandle
from orchestrator.definitions.results import AssetMaterialization, AssetObservation
from orchestrator.runs import event_data as data
from orchestrator.runs.details import DetailKind, StepDetail
from orchestrator.runs.event_facts import DATA, MESSAGES
from orchestrator.runs.event_type import FAILURES, HOOK_EVENTS, EventType
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
    AssetWiped,
    Event,
    ExpectationChecked,
    HookEnded,
    LogsCaptured,
    LogWritten,
    OutputProduced,
    RunDeleted,
    RunFinished,
    RunStarted,
    RunTagged,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import EPHEMERAL_JOB, RunStatus

_RUN_ENDS = {
    RunStatus.STARTED: EventType.RUN_START,
    RunStatus.SUCCESS: EventType.RUN_SUCCESS,
    RunStatus.FAILURE: EventType.RUN_FAILURE,
    RunStatus.CANCELED: EventType.RUN_CANCELED,
}


class EventView:
    """One event.

    Args:
        event: what happened.
        job_name: the job of its run.
        by_policy: whether a retry policy tried its step again before.
    """

    __slots__ = ("_by_policy", "_data", "event", "event_type", "job_name")

    def __init__(self, event: Event | StepDetail, job_name: str | None = None, *, by_policy: bool = False) -> None:
        self.event = event
        self._by_policy = by_policy
        self.job_name = job_name or EPHEMERAL_JOB
        self.event_type = event_type_of(event)
        self._data: Any = ...

    @property
    def event_type_value(self) -> str:
        """The type as text."""
        return self.event_type.value

    @property
    def run_id(self) -> str:
        """The run."""
        return self.event.run_id

    @property
    def timestamp(self) -> float:
        """Seconds since 1970 (UTC)."""
        return self.event.timestamp

    @property
    def step_key(self) -> str | None:
        """The step, if it is an event of one."""
        return getattr(self.event, "step", None)

    @property
    def node_name(self) -> str | None:
        """The last part of the step's path, without the mapping key."""
        return None if self.step_key is None else self.step_key.rpartition(".")[2].partition("[")[0]

    @property
    def node_handle(self) -> OpHandle | None:
        """The op, with the graphs around it, if it is an event of a step."""
        return None if self.step_key is None else OpHandle.of_step(self.step_key)

    @property
    def event_specific_data(self) -> Any:
        """What the event says besides its type; one of the classes of `runs/event_data.py`, or None."""
        if self._data is ...:
            make = DATA.get(type(self.event))
            self._data = None if make is None else make(self.event)
            if self._by_policy and isinstance(self._data, data.StepFailureData):
                self._data = msgspec.structs.replace(self._data, error=data.policy_error_view(self._data.error))
        return self._data

    @property
    def message(self) -> str | None:
        """What happened, in a sentence."""
        make = MESSAGES.get(type(self.event))
        return None if make is None else make(self.event, self)

    def __getattr__(self, name: str) -> Any:
        """Questions of the form `is_step_success`, `step_failure_data` and its like, and fields of the event itself."""
        if name in _QUESTIONS:
            return self.event_type in _QUESTIONS[name]
        if name in _DATA_NAMES:
            return self._data_of(_DATA_NAMES[name])
        if not name.startswith("__") and hasattr(self.event, name):
            return getattr(self.event, name)  # the event's own: `asset`, `metadata`, `duration_s`
        raise AttributeError(f"an event has no attribute {name!r}")

    def _data_of(self, kind: type) -> Any:
        found = self.event_specific_data
        if not isinstance(found, kind):
            raise AttributeError(f"a {self.event_type_value} event has no {kind.__name__}")  # noqa: TRY004  as `hasattr` needs
        return found

    @property
    def is_step_event(self) -> bool:
        """Whether it is about a step."""
        return self.step_key is not None

    @property
    def is_job_event(self) -> bool:
        """Whether it is about the whole run."""
        return self.event_type in _RUN_ENDS.values()

    @property
    def asset_key(self) -> AssetKey | None:
        """The asset, if it is about one."""
        found = self.event_specific_data
        if isinstance(found, data.StepMaterializationData):
            return AssetKey(found.materialization.asset_key)
        if isinstance(found, data.AssetObservationData):
            return AssetKey(found.asset_observation.asset_key)
        return found.asset_key if isinstance(found, data.AssetMaterializationPlannedData) else None

    @property
    def partition(self) -> str | None:
        """The partition of the asset."""
        found = self.event_specific_data
        if isinstance(found, data.StepMaterializationData):
            return found.materialization.partition
        if isinstance(found, data.AssetObservationData):
            return found.asset_observation.partition
        return None

    @property
    def materialization(self) -> AssetMaterialization:
        """What was materialized.

        Raises:
            AttributeError: the event is about something else.
        """
        found: data.StepMaterializationData = self._data_of(data.StepMaterializationData)
        return found.materialization

    @property
    def asset_materialization(self) -> AssetMaterialization | None:
        """What was materialized, if anything was."""
        found = self.event_specific_data
        return found.materialization if isinstance(found, data.StepMaterializationData) else None

    @property
    def asset_observation(self) -> AssetObservation | None:
        """What was observed, if anything was."""
        found = self.event_specific_data
        return found.asset_observation if isinstance(found, data.AssetObservationData) else None

    def __repr__(self) -> str:
        step = f" {self.step_key}" if self.step_key else ""
        return f"<{self.event_type_value}{step}: {self.message}>"


def views_of(events: Iterable[Event | StepDetail], job_name: str | None = None) -> list[EventView]:
    """The views of the events and details of one run.

    Lines that were logged are none of them, nor are steps that never ran because others failed. Where there are details
    of outputs, these stand for what was produced.
    """
    views: list[EventView] = []
    by_policy: set[str] = set()
    failed: set[str] = set()
    events = list(events)
    detailed = any(isinstance(event, StepDetail) for event in events)
    for event in events:
        if isinstance(event, StepUpForRetry) and not data.was_requested(event.error):
            by_policy.add(event.step)
        if isinstance(event, StepFailed | StepCanceled):
            failed.add(event.step)
        elif isinstance(event, StepSkipped) and (not event.because or failed.intersection(event.because)):
            failed.add(event.step)
            continue
        if not isinstance(event, LogWritten) and not (detailed and isinstance(event, OutputProduced)):
            views.append(EventView(event, job_name, by_policy=getattr(event, "step", None) in by_policy))
    return views


def event_type_of(event: Event | StepDetail) -> EventType:
    """The type of an event."""
    match event:
        case RunFinished():
            return _RUN_ENDS[event.status]
        case StepDetail():
            return _DETAILS[event.kind]
        case HookEnded():
            return EventType.HOOK_COMPLETED if event.error is None else EventType.HOOK_ERRORED
        case StepStarted() if event.attempt:
            return EventType.STEP_RESTARTED
        case _:
            return _TYPES[type(event)]


_TYPES: dict[type, EventType] = {
    RunStarted: EventType.RUN_START,
    StepStarted: EventType.STEP_START,
    OutputProduced: EventType.STEP_OUTPUT,
    AssetMaterialized: EventType.ASSET_MATERIALIZATION,
    AssetObserved: EventType.ASSET_OBSERVATION,
    ExpectationChecked: EventType.STEP_EXPECTATION_RESULT,
    StepUpForRetry: EventType.STEP_UP_FOR_RETRY,
    StepSucceeded: EventType.STEP_SUCCESS,
    StepFailed: EventType.STEP_FAILURE,
    StepSkipped: EventType.STEP_SKIPPED,
    StepCanceled: EventType.STEP_FAILURE,
    LogWritten: EventType.ENGINE_EVENT,
    LogsCaptured: EventType.LOGS_CAPTURED,
    AssetWiped: EventType.ASSET_WIPED,
    RunTagged: EventType.ENGINE_EVENT,
    RunDeleted: EventType.ENGINE_EVENT,
}

_DETAILS = {
    DetailKind.INPUT_LOADED: EventType.LOADED_INPUT,
    DetailKind.INPUT_CHECKED: EventType.STEP_INPUT,
    DetailKind.OUTPUT_CHECKED: EventType.STEP_OUTPUT,
    DetailKind.OUTPUT_HANDLED: EventType.HANDLED_OUTPUT,
    DetailKind.HOOK_SKIPPED: EventType.HOOK_SKIPPED,
    DetailKind.ASSET_PLANNED: EventType.ASSET_MATERIALIZATION_PLANNED,
    DetailKind.RESOURCES_STARTING: EventType.RESOURCE_INIT_STARTED,
    DetailKind.RESOURCES_STARTED: EventType.RESOURCE_INIT_SUCCESS,
    DetailKind.RESOURCES_FAILED: EventType.RESOURCE_INIT_FAILURE,
}

_QUESTIONS: dict[str, frozenset[EventType]] = {
    "is_step_start": frozenset({EventType.STEP_START}),
    "is_step_success": frozenset({EventType.STEP_SUCCESS}),
    "is_step_failure": frozenset({EventType.STEP_FAILURE}),
    "is_step_skipped": frozenset({EventType.STEP_SKIPPED}),
    "is_step_up_for_retry": frozenset({EventType.STEP_UP_FOR_RETRY}),
    "is_step_restarted": frozenset({EventType.STEP_RESTARTED}),
    "is_step_materialization": frozenset({EventType.ASSET_MATERIALIZATION}),
    "is_asset_observation": frozenset({EventType.ASSET_OBSERVATION}),
    "is_asset_materialization_planned": frozenset({EventType.ASSET_MATERIALIZATION_PLANNED}),
    "is_asset_failed_to_materialize": frozenset({EventType.ASSET_FAILED_TO_MATERIALIZE}),
    "is_expectation_result": frozenset({EventType.STEP_EXPECTATION_RESULT}),
    "is_successful_output": frozenset({EventType.STEP_OUTPUT}),
    "is_handled_output": frozenset({EventType.HANDLED_OUTPUT}),
    "is_loaded_input": frozenset({EventType.LOADED_INPUT}),
    "is_hook_event": HOOK_EVENTS,
    "is_engine_event": frozenset({EventType.ENGINE_EVENT}),
    "is_resource_init_failure": frozenset({EventType.RESOURCE_INIT_FAILURE}),
    "is_failure": FAILURES,
    "is_job_success": frozenset({EventType.RUN_SUCCESS}),
    "is_job_failure": frozenset({EventType.RUN_FAILURE}),
    "is_run_failure": frozenset({EventType.RUN_FAILURE}),
}

_DATA_NAMES: dict[str, type] = {
    "step_output_data": data.StepOutputData,
    "step_input_data": data.StepInputData,
    "step_success_data": data.StepSuccessData,
    "step_failure_data": data.StepFailureData,
    "step_retry_data": data.StepRetryData,
    "step_materialization_data": data.StepMaterializationData,
    "step_expectation_result_data": data.StepExpectationResultData,
    "asset_materialization_planned_data": data.AssetMaterializationPlannedData,
    "asset_observation_data": data.AssetObservationData,
    "hook_errored_data": data.HookErroredData,
    "job_failure_data": data.RunFailureData,
}
