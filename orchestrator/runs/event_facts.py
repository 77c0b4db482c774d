"""What the events of each class say, as data and as a sentence: the tables behind `EventView`."""

from collections.abc import Callable
from typing import Any

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.results import AssetMaterialization, AssetObservation, ExpectationResult
from orchestrator.runs import event_data as data
from orchestrator.runs.details import DetailKind, StepDetail
from orchestrator.runs.event_type import EventType
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
    ExpectationChecked,
    HookEnded,
    LogsCaptured,
    OutputProduced,
    RunFinished,
    RunStarted,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)


def _versions(event: AssetMaterialized | AssetObserved) -> dict[str, str]:
    """Tags, with versions among them."""
    tags = dict(event.tags or {})  # a step that said None
    if isinstance(event, AssetMaterialized) and event.code_version is not None:
        tags["dagster/code_version"] = event.code_version
    if event.data_version is not None:
        tags["dagster/data_version"] = event.data_version
        tags["dagster/data_version_is_user_provided"] = "true"
    return tags


def _detail_data(detail: StepDetail) -> Any:
    verdict = data.TypeCheckData(detail.success, detail.name, detail.description, detail.metadata)
    match detail.kind:
        case DetailKind.INPUT_LOADED:
            return data.LoadedInputData(
                detail.name, detail.manager_key, detail.upstream_output, detail.upstream_step, detail.metadata
            )
        case DetailKind.INPUT_CHECKED:
            return data.StepInputData(detail.name, verdict)
        case DetailKind.OUTPUT_CHECKED:
            handle = data.StepOutputHandle(detail.step or "", detail.name, detail.mapping_key)
            return data.StepOutputData(
                step_output_handle=handle, type_check_data=verdict, metadata=detail.output_metadata
            )
        case DetailKind.OUTPUT_HANDLED:
            return data.HandledOutputData(detail.name, detail.manager_key, detail.metadata)
        case DetailKind.ASSET_PLANNED:
            return data.AssetMaterializationPlannedData(AssetKey(detail.name))
        case _:
            return None


#: What an event of a class says.
DATA: dict[type, Callable[[Any], Any]] = {
    AssetMaterialized: lambda event: data.StepMaterializationData(
        AssetMaterialization(
            event.asset_key, event.description or None, event.metadata, event.partition, _versions(event)
        )
    ),
    AssetObserved: lambda event: data.AssetObservationData(
        AssetObservation(event.asset_key, event.description or None, event.metadata, event.partition, _versions(event))
    ),
    ExpectationChecked: lambda event: data.StepExpectationResultData(
        ExpectationResult(event.success, event.label or None, event.description or None, event.metadata)
    ),
    OutputProduced: lambda event: data.StepOutputData(
        step_output_handle=data.StepOutputHandle(event.step, event.output, event.mapping_key),
        type_check_data=data.TypeCheckData(True, event.output),  # noqa: FBT003  it passed
        metadata=event.metadata,
    ),
    HookEnded: lambda event: None if event.error is None else data.HookErroredData(data.error_view(event.error)),
    StepUpForRetry: lambda event: data.StepRetryData(data.retry_error_view(event.error, event.step), event.wait_s),
    StepSucceeded: lambda event: data.StepSuccessData(event.duration_s * 1000),
    StepFailed: lambda event: data.StepFailureData(
        data.step_error_view(event.error, event.step), data.user_failure(event.error, event.metadata)
    ),
    StepDetail: _detail_data,
}

#: An event of a class in a sentence; the second argument is its view.
MESSAGES: dict[type, Callable[[Any, Any], str | None]] = {
    RunStarted: lambda _, view: f'Started execution of run for "{view.job_name}".',
    StepStarted: lambda event, _: (
        f'Started re-execution (attempt # {event.attempt + 1}) of step "{event.step}".'
        if event.attempt
        else f'Started execution of step "{event.step}".'
    ),
    AssetMaterialized: lambda event, _: event.description or f"Materialized value {' '.join(event.asset_key.path)}.",
    AssetObserved: lambda event, _: event.description or None,
    ExpectationChecked: lambda event, _: (
        f"Expectation{f' {event.label}' if event.label else ''} {'passed' if event.success else 'failed'}"
    ),
    HookEnded: lambda event, _: (
        f'Finished the execution of hook "{event.hook}" triggered for "{event.step}".' if event.error is None else None
    ),
    LogsCaptured: lambda event, _: None if event.step is None else f'Captured the output of step "{event.step}".',
    StepUpForRetry: lambda event, _: f'Execution of step "{event.step}" failed and has requested a retry.',
    StepSucceeded: lambda event, _: f'Finished execution of step "{event.step}" in {event.duration_s * 1000:.3g}ms.',
    StepFailed: lambda event, _: f'Execution of step "{event.step}" failed.',
    StepSkipped: lambda event, _: f'Skipped execution of step "{event.step}".',
    StepCanceled: lambda event, _: f'Execution of step "{event.step}" was canceled.',
    StepDetail: lambda event, view: f"{view.event_type_value} {event.name}",
    RunFinished: lambda _, view: (
        f'Finished execution of run for "{view.job_name}".'
        if view.event_type is EventType.RUN_SUCCESS
        else f'Execution of run for "{view.job_name}" failed.'
    ),
}
