"""The attempts at steps that a Dask cluster was given, and the events that they come to."""

import json
import time
from collections.abc import Sequence
from typing import Any

import msgspec

from orchestrator.errors import ConfigError, OrchestratorError
from orchestrator.execution.capture import CaptureSettings, last_words
from orchestrator.execution.executors.dask_link import Peer
from orchestrator.execution.executors.deaths import Began, last_events
from orchestrator.execution.step import StepRequest
from orchestrator.runs.events import (
    Event,
    LogsCaptured,
    LogWritten,
    StepCanceled,
    StepFailed,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)

ENDS = (StepSucceeded, StepFailed, StepCanceled, StepUpForRetry)
#: Tags that say what a step needs of Dask's resources: ours, and that of Dagster's users.
RESOURCE_TAGS = ("dask/resources", "dagster-dask/resource_requirements")


class Attempt:
    """An attempt at a step, from when it is submitted to its last event.

    Args:
        request: the step.
        ticket: what its Dask task is known by.
    """

    def __init__(self, request: StepRequest, ticket: int) -> None:
        self.request = request
        self.ticket = ticket
        #: The agent that runs it, once it does.
        self.peer: Peer | None = None
        self.since = time.time()
        self.started: StepStarted | None = None


class Attempts:
    """All attempts that are under way, by ticket, and the events that are to be passed on.

    Args:
        capture: what workers keep of what steps say.
        retries: whether steps are tried again, as their retry policies say.
    """

    def __init__(self, capture: CaptureSettings, *, retries: bool) -> None:
        self._capture = capture
        self._retries = retries
        self._last_ticket = 0
        self._by_ticket: dict[int, Attempt] = {}
        self._by_step: dict[str, Attempt] = {}
        #: By file of captured output, how far it was reported.
        self._captured: dict[str, LogsCaptured] = {}
        self._events: list[Event] = []
        #: Whether what cannot go on was canceled, and has not failed.
        self.canceled = False

    def add(self, request: StepRequest) -> Attempt:
        """Take note of a new attempt."""
        self._last_ticket += 1
        attempt = Attempt(request, self._last_ticket)
        self._by_ticket[attempt.ticket] = self._by_step[request.step.key] = attempt
        return attempt

    def get(self, ticket: int) -> Attempt | None:
        """The attempt with this ticket, unless it has ended."""
        return self._by_ticket.get(ticket)

    def of(self, peer: Peer | None) -> list[Attempt]:
        """The attempts that an agent runs; None: those that no agent runs yet."""
        return [one for one in self._by_ticket.values() if one.peer is peer]

    def all(self) -> list[Attempt]:
        """All attempts that are under way."""
        return list(self._by_ticket.values())

    def take_events(self) -> list[Event]:
        """The events to pass on, once."""
        events, self._events = self._events, []
        return events

    def tell(self, peer: Peer, events: Sequence[Any]) -> None:
        """Take events of an agent; those of a step that it no longer counts for are left out."""
        ended = []
        for event in events:
            if event.step is not None:
                attempt = self._by_step.get(event.step)
                if attempt is None or attempt.peer is not peer:
                    continue
                if isinstance(event, StepStarted):
                    attempt.started = event
                elif isinstance(event, ENDS):
                    ended.append(attempt)
            if isinstance(event, LogsCaptured):
                self._captured[event.file] = event
            self._events.append(event)
        for attempt in ended:  # not earlier: its hooks have their say after its end
            self._forget(attempt)

    def warn(self, request: StepRequest, message: str) -> None:
        """Say something about a step."""
        step, now = request.step.key, time.time()
        self._events.append(
            LogWritten(run_id=request.run_id, timestamp=now, step=step, level="warning", message=message)
        )

    def fail(self, attempt: Attempt, error: OrchestratorError, *, again: bool = False) -> None:
        """End an attempt that cannot speak for itself any more.

        Args:
            attempt: it.
            error: what has become of it.
            again: whether its retry policy has a say.
        """
        if self.canceled:
            self.cancel(attempt)
            return
        self._forget(attempt)
        request, started = attempt.request, attempt.started
        worker, words = "" if attempt.peer is None else attempt.peer.worker, None
        if started is not None:
            worker = started.worker
            capture = msgspec.structs.replace(self._capture, name=worker)
            words = last_words(capture, request.run_id, request.step.key, self._captured)
        if words is not None:
            self._captured[words.file] = words
        began = Began(since=attempt.since, said_so=started is not None, worker=worker, words=words)
        demands = request.step.demands
        policy = demands.retry_policy if demands is not None and again and self._retries else None
        self._events += last_events(request, error, began, policy)

    def cancel(self, attempt: Attempt) -> None:
        """End an attempt because the run was canceled."""
        self._forget(attempt)
        step = attempt.request.step
        self._events.append(
            StepCanceled(run_id=attempt.request.run_id, timestamp=time.time(), step=step.key, assets=step.assets)
        )

    def _forget(self, attempt: Attempt) -> None:
        del self._by_ticket[attempt.ticket]
        del self._by_step[attempt.request.step.key]


def resources_of(request: StepRequest) -> dict[str, float] | None:
    """What a step needs of Dask's resources, as its tags say; None if nothing.

    Raises:
        ConfigError: a tag says something else.
    """
    demands = request.step.demands
    tags = {} if demands is None else demands.tags
    found: dict[str, float] = {}
    for tag in RESOURCE_TAGS:
        text = tags.get(tag)
        if text is None:
            continue
        try:
            found |= {str(name): float(much) for name, much in json.loads(text).items()}
        except (AttributeError, TypeError, ValueError):
            raise ConfigError(
                f"`{request.step.key}` has the tag {tag}: {text!r:.60}", hint='{"GPU": 1}: how much of each resource'
            ) from None
    return found or None
