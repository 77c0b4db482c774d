"""What there is to say of a step that cannot speak for itself any more: its worker is gone, or it never got one."""

import random
import time
from typing import Any

from msgspec import Struct

from orchestrator.definitions.retries import RetryPolicy
from orchestrator.errors import ErrorInfo, OrchestratorError, ResourceError
from orchestrator.execution.step import StepRequest
from orchestrator.runs.events import Event, LogsCaptured, StepFailed, StepStarted, StepUpForRetry


class Began(Struct, frozen=True, kw_only=True):
    """How far a step had come."""

    #: When it was handed to a worker; seconds since 1970.
    since: float
    #: Whether it said itself that it had started.
    said_so: bool = False
    #: What events call its worker, and the process.
    worker: str = ""
    pid: int = 0
    #: What it wrote and did not report.
    words: LogsCaptured | None = None


def last_events(
    request: StepRequest, error: OrchestratorError, began: Began, policy: RetryPolicy | None
) -> list[Event]:
    """The events that end an attempt in the place of its worker.

    Args:
        request: the step.
        error: what became of the worker.
        began: how far the step had come.
        policy: whether it may be tried again.
    """
    events: list[Event] = []
    step, run_id, now = request.step, request.run_id, time.time()
    if not began.said_so:
        events.append(
            StepStarted(
                run_id=run_id,
                timestamp=began.since,
                step=step.key,
                location=step.location,
                assets=step.assets,
                attempt=request.attempt,
                worker=began.worker,
                pid=began.pid,
                upstream=step.upstream,
            )
        )
    if began.words is not None:
        events.append(began.words)
    info = ErrorInfo(type=type(error).__name__, message=error.message, hint=error.hint)
    common: dict[str, Any] = {"run_id": run_id, "timestamp": now, "step": step.key, "error": info}
    common["duration_s"] = now - began.since
    if policy is not None and request.attempt < policy.max_retries and not isinstance(error, ResourceError):
        wait_s = policy.delay_before(request.attempt + 1, random.random)
        return [*events, StepUpForRetry(**common, wait_s=wait_s, assets=step.assets)]
    return [*events, StepFailed(**common, assets=step.at_stake)]
