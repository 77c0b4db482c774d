"""What an event says besides its type: one value per kind, for programs that look at the events of a run."""

import enum
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from orchestrator import errors
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.results import AssetMaterialization, AssetObservation, ExpectationResult
from orchestrator.definitions.retries import Failure, RetryRequested
from orchestrator.errors import ErrorInfo

_REQUESTED = f"{RetryRequested.__module__}.{RetryRequested.__qualname__}"
_FAILURE = f"{Failure.__module__}.{Failure.__qualname__}"


class ErrorView(Struct, frozen=True):
    """An exception that happened elsewhere."""

    #: Its type and text, as a traceback ends.
    message: str
    #: The traceback, line by line.
    stack: tuple[str, ...]
    #: The name of its class.
    cls_name: str | None
    #: What it was raised from.
    cause: "ErrorView | None" = None
    context: "ErrorView | None" = None

    def to_string(self) -> str:
        """Message and traceback, and those of what caused it."""
        text = f"{self.message}\nStack Trace:\n{''.join(self.stack)}" if self.stack else self.message
        cause = self.cause or self.context
        if cause is None:
            return text
        how = "because of" if self.cause is not None else "while handling"
        return f"{text}\nIt was raised {how} this:\n{cause.to_string()}"

    def to_exception_message_only(self) -> "ErrorView":
        """The same without its traceback and causes."""
        return ErrorView(self.message, (), self.cls_name)


def error_view(info: ErrorInfo) -> ErrorView:
    """The view of an exception as data."""
    message = f"{info.type}: {info.message}\n" if info.message else f"{info.type}\n"
    known = getattr(errors, info.type, None)
    return ErrorView(
        message=message,
        stack=tuple(info.traceback.splitlines(keepends=True)),
        cls_name=known.__name__ if known is not None else info.type.rpartition(".")[2],
        cause=None if info.cause is None else error_view(info.cause),
    )


def step_error_view(info: ErrorInfo, op: str) -> ErrorView:
    """The view of what made a step fail: an exception of the user's function is the cause of one of ours."""
    if hasattr(errors, info.type) or info.type == _FAILURE:
        return error_view(info)
    name = errors.StepExecutionError.__name__
    message = f'{name}: Error occurred while executing op "{op}":\n'
    return ErrorView(message, (), name, cause=error_view(info))


def was_requested(info: ErrorInfo) -> bool:
    """Whether the user's function asked for the retry itself."""
    return info.type == _REQUESTED


def retry_error_view(info: ErrorInfo, op: str) -> ErrorView:
    """The view of what made a step be tried again."""
    return error_view(info) if was_requested(info) else policy_error_view(step_error_view(info, op))


def policy_error_view(error: ErrorView) -> ErrorView:
    """The view of an error of a step that has a retry policy; Dagster raises another error from it."""
    if not spoken().retry_policies_raise:
        return error
    raised = error.cause if error.cls_name == errors.StepExecutionError.__name__ else error
    return ErrorView("RetryRequestedFromPolicy\n", (), "RetryRequestedFromPolicy", cause=raised)


def user_failure(info: ErrorInfo, metadata: Mapping[str, Any]) -> "UserFailureData | None":
    """What user code said, if it raised `Failure`."""
    if info.type != _FAILURE:
        return None
    description = None if info.message in ("", "None") else info.message
    return UserFailureData("intentional-failure", description, metadata)


class TypeCheckData(Struct, frozen=True):
    """How the check of a value's type went."""

    success: bool
    label: str
    description: str | None = None
    metadata: Mapping[str, Any] = {}


class StepOutputHandle(Struct, frozen=True):
    """Which output of which step."""

    step_key: str
    output_name: str = "result"
    mapping_key: str | None = None


class StepOutputData(Struct, frozen=True, kw_only=True):
    """A step made an output."""

    step_output_handle: StepOutputHandle
    type_check_data: TypeCheckData
    metadata: Mapping[str, Any] = {}

    @property
    def output_name(self) -> str:
        """The output."""
        return self.step_output_handle.output_name

    @property
    def mapping_key(self) -> str | None:
        """Its mapping key, if it is dynamic."""
        return self.step_output_handle.mapping_key


class StepInputData(Struct, frozen=True):
    """A step got an input."""

    input_name: str
    type_check_data: TypeCheckData


class LoadedInputData(Struct, frozen=True):
    """An IO manager loaded an input."""

    input_name: str
    manager_key: str = "io_manager"
    upstream_output_name: str | None = None
    upstream_step_key: str | None = None
    metadata: Mapping[str, Any] = {}


class HandledOutputData(Struct, frozen=True):
    """An IO manager stored an output."""

    output_name: str
    manager_key: str = "io_manager"
    metadata: Mapping[str, Any] = {}


class StepMaterializationData(Struct, frozen=True):
    """An asset was materialized."""

    materialization: AssetMaterialization
    asset_lineage: tuple[()] = ()


class AssetMaterializationPlannedData(Struct, frozen=True):
    """A run is to make an asset."""

    asset_key: AssetKey
    partition: str | None = None


class AssetObservationData(Struct, frozen=True):
    """An asset was observed."""

    asset_observation: AssetObservation


class StepExpectationResultData(Struct, frozen=True):
    """An expectation was checked."""

    expectation_result: ExpectationResult


class StepSuccessData(Struct, frozen=True):
    """A step ended well."""

    duration_ms: float


class UserFailureData(Struct, frozen=True):
    """What user code said with `Failure`."""

    label: str
    description: str | None = None
    metadata: Mapping[str, Any] = {}


class ErrorSource(enum.Enum):
    """Whose mistake an error is."""

    FRAMEWORK_ERROR = "FRAMEWORK_ERROR"
    USER_CODE_ERROR = "USER_CODE_ERROR"


class StepFailureData(Struct, frozen=True):
    """A step ended badly."""

    error: ErrorView
    user_failure_data: UserFailureData | None = None

    @property
    def error_source(self) -> ErrorSource:
        """Whether the user's function raised, by accident."""
        by_user = self.error.cls_name in (errors.StepExecutionError.__name__, "RetryRequestedFromPolicy")
        return ErrorSource.USER_CODE_ERROR if by_user else ErrorSource.FRAMEWORK_ERROR

    @property
    def error_display_string(self) -> str:
        """The error, as a person reads it."""
        cause = "" if self.error.cause is None else f"\n{self.error.cause.to_string()}"
        return f"{self.error.to_string()}{cause}"


class StepRetryData(Struct, frozen=True):
    """A step will be tried again."""

    error: ErrorView
    seconds_to_wait: float | None = None


class HookErroredData(Struct, frozen=True):
    """A hook raised."""

    error: ErrorView


class RunFailureData(Struct, frozen=True):
    """A run ended badly."""

    error: ErrorView | None
    first_step_failure_event: Any = None
