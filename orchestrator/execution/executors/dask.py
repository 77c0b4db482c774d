"""Steps on a Dask cluster.

    submit ──> a Dask task, which waits for a thread of a Dask worker that has what the step asks for
    wait   ──> the task has begun: its agent gets the step, unless another one got it before; then its events, as they come

Dask decides where a step runs and the agent there runs it (`dask_worker`); the agent is connected to this process. A Dask
worker that dies takes its connections along: its steps have failed, and run again if their retry policies allow. Dask would
start them again by itself; it is told that there is nothing to do.
"""

import json
import os
import selectors
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from orchestrator import __version__
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.errors import ConfigError, ExecutionError, OrchestratorError
from orchestrator.execution.capture import CaptureSettings, last_words
from orchestrator.execution.config_check import check_in_all
from orchestrator.execution.executors.dask_cluster import DaskCluster
from orchestrator.execution.executors.dask_link import Listener, Peer
from orchestrator.execution.executors.dask_messages import (
    Call,
    CannotRun,
    Drop,
    Ended,
    EndRun,
    Go,
    Hello,
    Interrupt,
    Ready,
    Welcome,
)
from orchestrator.execution.executors.dask_worker import run_step
from orchestrator.execution.executors.deaths import Began, last_events
from orchestrator.execution.executors.settings import ExecutorSettings
from orchestrator.execution.run_request import RunRequest
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
from orchestrator.workspace.channel import ChannelClosedError
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.worker_process import WorkerDiedError

Emit = Callable[[Event], None]

_ENDS = (StepSucceeded, StepFailed, StepCanceled, StepUpForRetry)
#: Tags that say what a step needs of Dask's resources: ours, and that of Dagster's users.
RESOURCE_TAGS = ("dask/resources", "dagster-dask/resource_requirements")
#: How often to look whether scheduler and Dask workers are still there, in seconds.
_LOOK_AROUND = 2.0
_DONE = ("finished", "pending")


class SchedulerLostError(ExecutionError):
    """The Dask scheduler, or all Dask workers, are gone."""

    code = "E404"


class _Try:
    """An attempt at a step, from `submit` to its last event."""

    def __init__(self, request: StepRequest, ticket: int) -> None:
        self.request = request
        self.ticket = ticket
        self.future: Any = None
        self.peer: Peer | None = None
        self.since = time.time()
        self.started: StepStarted | None = None


class DaskExecutor:
    """Runs steps on a Dask cluster, to which it connects at once.

    Args:
        locations: where the code locations are, for the machines of the cluster too.
        check: checks the config of the run in a code location, by its name.
        settings: which cluster, and how many steps at once.
        capture: what workers keep of what steps say.

    Raises:
        ConfigError: the settings say what they must not.
        ExecutionError: there is no such cluster.
    """

    def __init__(
        self,
        locations: Mapping[str, LocationRef],
        check: Callable[[str, RunRequest], None],
        settings: ExecutorSettings,
        capture: CaptureSettings,
    ) -> None:
        self.settings = settings
        self._locations = locations
        self._check = check
        self._capture = capture
        self._cluster = DaskCluster(settings.cluster, settings.max_workers)
        self.max_running = settings.max_workers or max(1, self._cluster.threads())
        self._listener = Listener(*self._cluster.listens_at(), self._cluster.encryption())
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        #: Written to by callbacks of Dask and by signal handlers, to end the wait.
        self._wake_from, self._wake_to = os.pipe()
        os.set_blocking(self._wake_to, False)
        self._selector.register(self._wake_from, selectors.EVENT_READ)
        self._request: RunRequest | None = None
        self._peers: set[Peer] = set()
        self._tries: dict[int, _Try] = {}
        self._by_step: dict[str, _Try] = {}
        self._tickets = 0
        #: Tasks that Dask says are over: their tickets, how, and what they raised.
        self._over: deque[tuple[int, str, BaseException | None]] = deque()
        self._to_emit: list[Event] = []
        #: By file of captured output, how far it was reported.
        self._captured: dict[str, LogsCaptured] = {}
        self._interrupted = False
        self._told = False
        self._looked = self._seen = time.monotonic()
        self._lost: SchedulerLostError | None = None
        self._lost_told = False

    def prepare(self, request: RunRequest) -> None:
        """Check the config of the run in all its code locations, here.

        Raises:
            ConfigError: it does not fit.
        """
        self._request = request
        check_in_all(request, lambda location: self._check(location, request))

    def start(self) -> None:
        """Nothing to do: the processes that run steps start the resources of the run when they are started."""

    def submit(self, request: StepRequest) -> None:
        """Hand a step to the scheduler."""
        self._tickets += 1
        ticket = self._tickets
        attempt = _Try(request, ticket)
        self._tries[ticket] = self._by_step[request.step.key] = attempt
        try:
            if self._lost is not None:
                raise self._lost
            resources = resources_of(request)
        except OrchestratorError as error:
            self._fail(attempt, error, None)
            return
        if resources and not self._cluster.has_resources(resources):
            needed = ", ".join(f"{name}={much:g}" for name, much in resources.items())
            self._say(request, f"`{request.step.key}` waits for a Dask worker that has {needed}: there is none now")
        call = Call(
            host=self._listener.host,
            port=self._listener.port,
            secret=self._listener.secret,
            location=request.step.location,
            encrypted=self._cluster.encryption() is not None,
        )

        def on_end(future: Any) -> None:
            error = None
            if future.status == "error":
                error = future.exception()
            self._over.append((ticket, future.status, error))
            self._wake()

        attempt.future = self._cluster.submit(
            run_step,
            call,
            ticket,
            key=f"{request.step.key}-{self._listener.secret.hex()[:24]}{ticket:08x}",
            priority=request.step.priority,
            resources=resources,
            on_end=on_end,
        )

    def wait(self, emit: Emit, timeout_s: float | None = None) -> None:
        """Pass on events until a step has ended, or the time is over.

        Raises:
            SchedulerLostError: no step can be run any more; how those ended that were running, later waits tell.
        """
        give_up = None if timeout_s is None else time.monotonic() + timeout_s
        while True:
            if self._lost is not None and not self._lost_told:
                self._lost_told = True
                raise self._lost
            if self._flush(emit):
                return
            now = time.monotonic()
            if give_up is not None and now >= give_up:
                return
            soonest = min(self._looked + _LOOK_AROUND, now + _LOOK_AROUND if give_up is None else give_up)
            for key, _ in self._selector.select(max(0.0, soonest - now)):
                self._receive(key.fileobj)
            self._take_over()
            self._stop_if_interrupted()
            self._look_around()

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the steps that run; called from a signal handler."""
        self._interrupted = True
        self._wake()

    def end(self) -> None:
        """Tear down the resources of the run wherever they were started.

        Raises:
            OrchestratorError: a resource complained.
        """
        failures: list[OrchestratorError] = []
        waiting = set()
        for peer in list(self._peers):
            try:
                peer.send(EndRun())
            except ChannelClosedError:
                self._drop(peer)
            else:
                waiting.add(peer)
        while waiting & self._peers:
            for key, _ in self._selector.select():
                if not isinstance(key.fileobj, Peer):
                    self._receive(key.fileobj)
                    continue
                messages, there = key.fileobj.receive()
                failures += [one.error for one in messages if isinstance(one, Ended) and one.error is not None]
                if not there or any(isinstance(one, Ended) for one in messages):
                    self._drop(key.fileobj)
        self._release()
        if failures:
            raise failures[0]

    def close(self) -> None:
        """End everything at once: an agent that loses its connection ends all it runs."""
        for peer in list(self._peers):
            peer.close()

    def _release(self) -> None:
        for peer in list(self._peers):
            self._drop(peer)
        self._cluster.close()
        self._selector.close()
        self._listener.close()
        # the pipe stays open: a late callback must not write to another file

    def _wake(self) -> None:
        with suppress(BlockingIOError):  # it is awake
            os.write(self._wake_to, b"\0")

    def _flush(self, emit: Emit) -> bool:
        """Emit what has come; returns whether a step has ended."""
        events, self._to_emit = self._to_emit, []
        ended = False
        for event in events:
            emit(event)
            ended = ended or isinstance(event, _ENDS)
        return ended

    def _receive(self, source: Any) -> None:
        if source is self._listener:
            peer = self._listener.accept()
            if peer is not None:
                self._peers.add(peer)
                self._selector.register(peer, selectors.EVENT_READ)
        elif isinstance(source, Peer):
            messages, there = source.receive()
            try:
                for message in messages:
                    self._handle(source, message)
            except ChannelClosedError:
                there = False
            if not there:
                self._lose(source)
        else:
            os.read(self._wake_from, 4096)

    def _handle(self, peer: Peer, message: Any) -> None:
        match message:
            case Hello():
                self._welcome(peer, message)
            case Ready():
                self._let_begin(peer, message.ticket)
            case CannotRun():
                attempt = self._tries.get(message.ticket)
                if attempt is not None and attempt.peer is peer:
                    self._fail(attempt, message.error, None)
            case tuple():
                for event in message:
                    self._take(peer, event)
            case _:
                self._take(peer, message)

    def _welcome(self, peer: Peer, hello: Hello) -> None:
        peer.hello = hello
        assert self._request is not None
        peer.send(
            Welcome(
                ref=self._locations[hello.location],
                request=self._request,
                capture=self._capture,
                settings=msgspec.structs.replace(self.settings, cluster={}),
            )
        )
        if self._interrupted:
            peer.send(Interrupt())

    def _let_begin(self, peer: Peer, ticket: int) -> None:
        attempt = self._tries.get(ticket)
        if attempt is not None and attempt.peer is not None:
            # Dask has started it again: it knows already that the first Dask worker is gone
            self._fail(attempt, _lost(attempt.peer), self._policy(attempt.request))
            attempt = None
        if attempt is None or peer.hello is None:
            peer.send(Drop(ticket))
            return
        if peer.hello.version != __version__:
            error = ExecutionError(
                f"Dask worker `{peer.worker}` has orch {peer.hello.version}, not {__version__}",
                hint="install the same version there",
            )
            self._fail(attempt, error, None)
            peer.send(Drop(ticket))
            return
        attempt.peer = peer
        attempt.since = time.time()
        peer.send(Go(ticket, attempt.request))

    def _take(self, peer: Peer, event: Any) -> None:
        """Take note of an event, unless it is of a step that was given up."""
        attempt = self._by_step.get(event.step) if event.step is not None else None
        if attempt is not None and attempt.peer is not peer:
            return
        if isinstance(event, LogsCaptured):
            self._captured[event.file] = event
        elif isinstance(event, StepStarted) and attempt is not None:
            attempt.started = event
        self._to_emit.append(event)
        if isinstance(event, _ENDS) and attempt is not None:
            # what its hooks say may still follow
            self._tries.pop(attempt.ticket, None)

    def _take_over(self) -> None:
        """Take note of tasks that ended as no task should."""
        while self._over:
            ticket, status, error = self._over.popleft()
            attempt = self._tries.get(ticket)
            if attempt is None or status in _DONE:
                continue
            if not self._cluster.is_connected:
                self._lose_all(f"the Dask scheduler at {self._cluster.address} is gone")
            elif isinstance(error, OrchestratorError):
                self._fail(attempt, error, None)
            elif type(error).__name__ == "KilledWorker":
                self._fail(attempt, WorkerDiedError(str(error)), self._policy(attempt.request))
            elif error is not None:
                message = f"its Dask task failed: {type(error).__name__}: {error}"
                self._fail(attempt, ExecutionError(message, hint="is orch installed on the Dask workers?"), None)
            else:
                message = f"its Dask task was {status} by somebody else"
                self._fail(attempt, ExecutionError(message), None)

    def _stop_if_interrupted(self) -> None:
        """Pass an interrupt on to the steps that run, and take back those that do not yet."""
        if not self._interrupted:
            return
        if not self._told:
            self._told = True
            for peer in list(self._peers):
                try:
                    peer.send(Interrupt())
                except ChannelClosedError:
                    self._lose(peer)
        for attempt in [one for one in self._tries.values() if one.peer is None]:
            self._cancel(attempt)

    def _look_around(self) -> None:
        """See now and then whether scheduler and Dask workers are still there."""
        now = time.monotonic()
        if now < self._looked + _LOOK_AROUND:
            return
        self._looked = now
        try:
            if not self._cluster.is_connected:
                self._lose_all(f"the Dask scheduler at {self._cluster.address} is gone")
            elif self._peers or self._cluster.threads():
                self._seen = now
            elif now - self._seen > self._cluster.patience:
                self._lose_all(f"the Dask cluster at {self._cluster.address} has no workers")
        except (OSError, TimeoutError):
            self._lose_all(f"the Dask scheduler at {self._cluster.address} is gone")

    def _lose(self, peer: Peer) -> None:
        """An agent is gone: its Dask worker has died."""
        self._drop(peer)
        for attempt in [one for one in self._tries.values() if one.peer is peer]:
            self._fail(attempt, _lost(peer), self._policy(attempt.request))

    def _lose_all(self, message: str) -> None:
        self._lost = SchedulerLostError(message, hint="`orch retry` continues when there is one again")
        for attempt in list(self._tries.values()):
            self._fail(attempt, self._lost, None)
        for peer in list(self._peers):
            self._drop(peer)

    def _drop(self, peer: Peer) -> None:
        if peer in self._peers:
            self._peers.remove(peer)
            self._selector.unregister(peer)
            peer.close()

    def _fail(self, attempt: _Try, error: OrchestratorError, policy: RetryPolicy | None) -> None:
        """End an attempt that cannot speak for itself any more."""
        if self._interrupted:
            self._cancel(attempt)
            return
        self._forget(attempt)
        started = attempt.started
        worker = started.worker if started is not None else "" if attempt.peer is None else attempt.peer.worker
        request = attempt.request
        words = None
        if started is not None:
            capture = msgspec.structs.replace(self._capture, name=worker)
            words = last_words(capture, request.run_id, request.step.key, self._captured)
        if words is not None:
            self._captured[words.file] = words
        began = Began(since=attempt.since, said_so=started is not None, worker=worker, words=words)
        self._to_emit += last_events(request, error, began, policy)

    def _cancel(self, attempt: _Try) -> None:
        self._forget(attempt)
        step = attempt.request.step
        self._to_emit.append(
            StepCanceled(run_id=attempt.request.run_id, timestamp=time.time(), step=step.key, assets=step.assets)
        )

    def _forget(self, attempt: _Try) -> None:
        self._tries.pop(attempt.ticket, None)
        self._by_step.pop(attempt.request.step.key, None)
        if attempt.future is not None:
            attempt.future.release()

    def _policy(self, request: StepRequest) -> RetryPolicy | None:
        demands = request.step.demands
        return demands.retry_policy if demands is not None and self.settings.retries else None

    def _say(self, request: StepRequest, message: str) -> None:
        self._to_emit.append(
            LogWritten(
                run_id=request.run_id,
                timestamp=time.time(),
                step=request.step.key,
                level="warning",
                message=message,
            )
        )


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
            given = json.loads(text)
            found |= {str(name): float(much) for name, much in given.items()}
        except (AttributeError, TypeError, ValueError):
            raise ConfigError(
                f"`{request.step.key}` has the tag {tag}: {text!r:.60}", hint='{"GPU": 1}: how much of each resource'
            ) from None
    return found or None


def _lost(peer: Peer) -> WorkerDiedError:
    return WorkerDiedError(f"Dask worker `{peer.worker}` was lost while it ran this step")
