"""Steps on a Dask cluster.

    submit ──> a Dask task, which waits for a thread of a Dask worker that has what the step asks for
    wait   ──> the task has begun: its agent gets the step, unless another one got it before; then its events, as they come

Dask decides where a step runs and the agent there runs it (`dask_worker`); the agent is connected to this process. A Dask
worker that dies takes its connections along: its steps have failed, and run again if their retry policies allow. Dask would
start them again by itself; it is told that there is nothing to do.
"""

import os
import selectors
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from orchestrator import __version__
from orchestrator.errors import ExecutionError, OrchestratorError
from orchestrator.execution.capture import CaptureSettings
from orchestrator.execution.config_check import check_in_all
from orchestrator.execution.executors.dask_attempts import ENDS, Attempts, resources_of
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
from orchestrator.execution.executors.settings import ExecutorSettings
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest
from orchestrator.runs.events import Event
from orchestrator.workspace.channel import ChannelClosedError
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.worker_process import WorkerDiedError

Emit = Callable[[Event], None]

#: How often to look whether scheduler and Dask workers are still there, in seconds.
_LOOK_AROUND = 2.0


class SchedulerLostError(ExecutionError):
    """The Dask scheduler, or all Dask workers, are gone."""

    code = "E404"


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
        encryption = self._cluster.encryption()
        self._listener = Listener(*self._cluster.listens_at(), encryption)
        self._is_encrypted = encryption is not None
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        #: Written to by callbacks of Dask and by signal handlers, to end the wait.
        self._wake_from, self._wake_to = os.pipe()
        os.set_blocking(self._wake_to, False)
        self._selector.register(self._wake_from, selectors.EVENT_READ)
        self._request: RunRequest | None = None
        self._peers: set[Peer] = set()
        self._attempts = Attempts(capture, retries=settings.retries)
        #: What Dask was given and has not said to be over, by ticket.
        self._futures: dict[int, Any] = {}
        #: Tasks that Dask says are over: their tickets, how, and what they raised.
        self._over: deque[tuple[int, str, BaseException | None]] = deque()
        self._interrupted = False
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
        attempt = self._attempts.add(request)
        ticket = attempt.ticket
        try:
            if self._lost is not None:
                raise self._lost
            resources = resources_of(request)
        except OrchestratorError as error:
            self._attempts.fail(attempt, error)
            return
        if resources and not self._cluster.has_resources(resources):
            needed = ", ".join(f"{name}={much:g}" for name, much in resources.items())
            message = f"`{request.step.key}` waits for a Dask worker that has {needed}: there is none now"
            self._attempts.warn(request, message)

        def on_end(future: Any) -> None:
            error = future.exception() if future.status == "error" else None
            self._over.append((ticket, future.status, error))
            self._wake()

        call = Call(
            host=self._listener.host,
            port=self._listener.port,
            secret=self._listener.secret,
            location=request.step.location,
            encrypted=self._is_encrypted,
        )
        self._futures[ticket] = self._cluster.submit(
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
        ended = False
        for event in self._attempts.take_events():
            emit(event)
            ended = ended or isinstance(event, ENDS)
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
                attempt = self._attempts.get(message.ticket)
                if attempt is not None and attempt.peer is peer:
                    self._attempts.fail(attempt, message.error)
            case tuple():
                self._attempts.tell(peer, message)
            case _:
                self._attempts.tell(peer, (message,))

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
        attempt = self._attempts.get(ticket)
        if attempt is not None and attempt.peer is not None:
            # Dask has given up the first Dask worker, and starts all its tasks again
            self._lose(attempt.peer)
            attempt = None
        if attempt is None or peer.hello is None:
            peer.send(Drop(ticket))
            return
        if peer.hello.version != __version__:
            error = ExecutionError(
                f"Dask worker `{peer.worker}` has orch {peer.hello.version}, not {__version__}",
                hint="install the same version there",
            )
            self._attempts.fail(attempt, error)
            peer.send(Drop(ticket))
            return
        attempt.peer = peer
        attempt.since = time.time()
        peer.send(Go(ticket, attempt.request))

    def _take_over(self) -> None:
        """Take note of tasks that are over; most of them because their steps had ended."""
        while self._over:
            ticket, status, error = self._over.popleft()
            future = self._futures.pop(ticket, None)
            if future is not None:
                future.release()
            attempt = self._attempts.get(ticket)
            if attempt is None or status == "finished":
                continue
            if not self._cluster.is_connected:
                self._lose_all(f"the Dask scheduler at {self._cluster.address} is gone")
            elif type(error).__name__ == "KilledWorker":
                self._attempts.fail(attempt, WorkerDiedError(str(error)), again=True)
            elif error is None:
                self._attempts.fail(attempt, ExecutionError(f"its Dask task was {status} by somebody else"))
            elif isinstance(error, OrchestratorError):
                self._attempts.fail(attempt, error)
            else:
                message = f"its Dask task failed: {type(error).__name__}: {error}"
                hint = "is orch installed on the Dask workers?"
                self._attempts.fail(attempt, ExecutionError(message, hint=hint))

    def _stop_if_interrupted(self) -> None:
        """Pass an interrupt on to the steps that run, and take back those that do not yet."""
        if not self._interrupted:
            return
        if not self._attempts.canceled:
            self._attempts.canceled = True
            for peer in list(self._peers):
                try:
                    peer.send(Interrupt())
                except ChannelClosedError:
                    self._lose(peer)
        for attempt in self._attempts.of(None):
            self._attempts.cancel(attempt)
            self._take_back(attempt.ticket)

    def _look_around(self) -> None:
        """See now and then whether scheduler and Dask workers are still there."""
        now = time.monotonic()
        if now < self._looked + _LOOK_AROUND or self._lost is not None:
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
        error = WorkerDiedError(f"Dask worker `{peer.worker}` was lost while it ran this step")
        for attempt in self._attempts.of(peer):
            self._attempts.fail(attempt, error, again=True)
            self._take_back(attempt.ticket)

    def _take_back(self, ticket: int) -> None:
        """Tell Dask that a task need not be run; one that runs already is told so when it says that it is ready."""
        future = self._futures.pop(ticket, None)
        if future is not None:
            future.release()

    def _lose_all(self, message: str) -> None:
        self._lost = SchedulerLostError(message, hint="`orch retry` continues when there is one again")
        for attempt in self._attempts.all():
            self._attempts.fail(attempt, self._lost)
        self._futures.clear()
        for peer in list(self._peers):
            self._drop(peer)

    def _drop(self, peer: Peer) -> None:
        if peer in self._peers:
            self._peers.remove(peer)
            self._selector.unregister(peer)
            peer.close()
