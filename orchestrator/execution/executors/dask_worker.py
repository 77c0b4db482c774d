"""What runs in the processes of Dask's workers: a task per step, and an agent per code location that they share.

A task only holds one of the threads that Dask counts. Its agent runs the step, as `WorkersExecutor` does anywhere else: in
processes of ours that have loaded the code location once, with a main thread that signals reach and output of their own.
The agent is bound to the coordinator by a connection; when that is gone, all it runs is ended.
"""

import select
import socket
import ssl
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from orchestrator import __version__
from orchestrator.errors import ExecutionError, OrchestratorError
from orchestrator.execution.capture import CaptureSettings
from orchestrator.execution.executors.dask_link import stay_in_touch
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
from orchestrator.execution.executors.workers import WorkersExecutor
from orchestrator.graph.snapshot import LoadFailure
from orchestrator.runs.events import Event, LogWritten, StepCanceled, StepFailed, StepSucceeded, StepUpForRetry
from orchestrator.workspace.channel import Channel, ChannelClosedError
from orchestrator.workspace.process import LocationWorker

_ENDS = (StepSucceeded, StepFailed, StepCanceled, StepUpForRetry)
_PATIENCE = 10.0

#: By Dask worker, run and code location.
_agents: dict[tuple[str, bytes, str], "Agent"] = {}
_agents_lock = threading.Lock()


def run_step(call: Call, ticket: int) -> None:
    """A Dask task: wait until the agent has run a step.

    Args:
        call: how to reach the coordinator.
        ticket: what the coordinator knows the task by.

    Raises:
        ExecutionError: it cannot be reached.
    """
    from distributed import get_worker

    dask_worker = get_worker()
    key = (dask_worker.address, call.secret, call.location)
    with _agents_lock:
        agent = _agents.get(key)
        if agent is None or agent.is_over:
            agent = _agents[key] = Agent(call, dask_worker)
    agent.carry_out(ticket)


class Agent:
    """Runs the steps of one run and code location beside one Dask worker.

    Args:
        call: how to reach the coordinator.
        dask_worker: the Dask worker.

    Raises:
        ExecutionError: the coordinator cannot be reached.
    """

    def __init__(self, call: Call, dask_worker: Any) -> None:
        self._worker = worker_name(dask_worker)
        self._location = call.location
        self._end = self._connect(call, dask_worker)
        self._channel = Channel(self._end)
        #: Several threads send, and one end of an encrypted connection does one thing at a time.
        self._channel_lock = threading.Lock()
        #: Tasks that have begun, by ticket; several threads look at them.
        self._tasks: dict[int, threading.Event] = {}
        self._lock = threading.Lock()
        self.is_over = False
        self._interrupted = False
        #: Tickets of the steps that run, by step.
        self._tickets: dict[str, int] = {}
        #: What came while the location was loaded.
        self._to_do: list[Any] = []
        self._last: list[Event] = []
        self._welcome: Welcome | None = None
        self._first: LocationWorker | None = None
        self._executor: WorkersExecutor | None = None
        hello = Hello(
            version=__version__, location=call.location, worker=self._worker, threads=dask_worker.state.nthreads
        )
        self._threads = dask_worker.state.nthreads
        self._send(hello)
        threading.Thread(target=self._serve, name=f"orch {call.location}", daemon=True).start()

    def carry_out(self, ticket: int) -> None:
        """Wait until the step of a task has been run, or need not be."""
        done = threading.Event()
        with self._lock:
            if self.is_over:
                return
            self._tasks[ticket] = done
            try:
                self._send(Ready(ticket))
            except ChannelClosedError:
                return
        done.wait()

    def _connect(self, call: Call, dask_worker: Any) -> socket.socket:
        try:
            end = socket.create_connection((call.host, call.port), timeout=_PATIENCE)
            stay_in_touch(end)
            if call.encrypted:
                encryption = dask_worker.security.get_connection_args("worker")["ssl_context"]
                end = encryption.wrap_socket(end, server_hostname=call.host)
            end.sendall(call.secret)
        except OSError as error:
            raise ExecutionError(
                f"Dask worker `{self._worker}` cannot reach the coordinator at {call.host}:{call.port}: {error}",
                hint="every Dask worker must be able to connect to the machine that runs orch: "
                'cluster: {"listen": {"host": ..., "port": ...}} says where it listens',
            ) from None
        return end

    def _serve(self) -> None:
        try:
            while not self.is_over:
                if self._executor is None:
                    self._await_message()
                else:
                    self._executor.wait(self._emit)
                self._flush()
                self._take_messages()
        except ChannelClosedError:  # the coordinator is gone, or wants all to end at once
            if self._executor is not None:
                self._executor.close()
        finally:
            self._release_all()
            if self._first is not None:
                self._first.close(at_once=True)
            self._channel.close()

    def _await_message(self) -> None:
        select.select([self._channel], [], [])

    def _take_messages(self) -> None:
        while self._to_do or self._has_message():
            self._handle(self._to_do.pop(0) if self._to_do else self._receive())

    def _has_message(self) -> bool:
        # what was decrypted already cannot be seen from outside
        return (isinstance(self._end, ssl.SSLSocket) and self._end.pending() > 0) or self._channel.has_message()

    def _receive(self) -> Any:
        with self._channel_lock:
            return self._channel.receive()

    def _send(self, message: object) -> None:
        with self._channel_lock:
            self._channel.send(message)

    def _handle(self, message: object) -> None:
        match message:
            case Welcome():
                self._welcome = message
            case Go():
                self._begin(message)
            case Drop():
                self._release(message.ticket)
            case Interrupt():
                self._interrupted = True
                if self._executor is not None:
                    self._executor.interrupt()
            case EndRun():
                self._send(Ended(self._tear_down()))
                self.is_over = True
            case _:
                pass

    def _begin(self, go: Go) -> None:
        try:
            if self._executor is None:
                self._executor = self._start()
        except OrchestratorError as error:
            error.__cause__ = error.__context__ = None
            self._send(CannotRun(go.ticket, error))
            self._release(go.ticket)
            return
        self._tickets[go.request.step.key] = go.ticket
        self._executor.submit(go.request)

    def _start(self) -> WorkersExecutor:
        """Load the location, and make ready to run its steps.

        Raises:
            OrchestratorError: it cannot be loaded here.
        """
        assert self._welcome is not None
        welcome = self._welcome
        if self._first is None:
            self._first = LocationWorker(welcome.ref)
        self._await_loading(self._first)
        snapshot = self._first.describe()
        if isinstance(snapshot, LoadFailure):
            self._first.close(at_once=True)
            self._first = None
            raise ExecutionError(
                f"Dask worker `{self._worker}` cannot load the code location `{self._location}`: {snapshot.message}",
                hint=snapshot.hint,
            )
        # from 2 on, steps run in copies of the process that has loaded the code
        settings = msgspec.structs.replace(welcome.settings, max_workers=max(2, self._threads))
        capture, warning = capture_here(welcome.capture, self._worker)
        if warning is not None:
            self._send(
                LogWritten(run_id=welcome.request.run_id, timestamp=time.time(), level="warning", message=warning)
            )
        executor = WorkersExecutor(
            {self._location: self._first},
            settings,
            capture,
            prefix=f"{self._worker}/",
            also_awaited=self._channel,
        )
        executor.expect(welcome.request)
        return executor

    def _await_loading(self, first: LocationWorker) -> None:
        """Wait until the location is loaded, but not longer than somebody wants it."""
        process = first.process()
        while not self._interrupted:
            watched = [one for one in (process.channel, process.death, self._channel) if one is not None]
            ready = select.select(watched, [], [])[0]
            if self._channel not in ready:
                return
            while self._has_message():
                message = self._receive()
                if isinstance(message, Interrupt):
                    self._interrupted = True
                else:
                    self._to_do.append(message)
        process.kill()

    def _emit(self, event: Event) -> None:
        if self._last or isinstance(event, _ENDS):
            self._last.append(event)
        else:
            self._send(event)

    def _flush(self) -> None:
        """Send the last events of steps; only then are their tasks over."""
        if not self._last:
            return
        events, self._last = tuple(self._last), []
        self._send(events)
        for event in events:
            if isinstance(event, _ENDS):
                self._release(self._tickets.pop(event.step))

    def _tear_down(self) -> OrchestratorError | None:
        try:
            if self._executor is not None:
                self._executor.end()
        except OrchestratorError as error:
            error.__cause__ = error.__context__ = None
            return error
        return None

    def _release(self, ticket: int) -> None:
        with self._lock:
            done = self._tasks.pop(ticket, None)
        if done is not None:
            done.set()

    def _release_all(self) -> None:
        with self._lock:
            self.is_over = True
            tasks = list(self._tasks.values())
            self._tasks.clear()
        for done in tasks:
            done.set()


def capture_here(capture: CaptureSettings, worker: str) -> tuple[CaptureSettings, str | None]:
    """What can be kept on this machine of what steps say, and what to say if it is less than is wanted.

    Args:
        capture: what is to be kept.
        worker: the Dask worker.
    """
    folder = capture.folder
    if folder is None or Path(folder).is_dir():
        return capture, None
    return msgspec.structs.replace(capture, folder=None), (
        f"what steps print on Dask worker `{worker}` is not kept: there is no {folder}. Is the home on shared storage?"
    )


def worker_name(dask_worker: Any) -> str:
    """What to call a Dask worker: the name it was given, or its address."""
    name, address = str(dask_worker.name), str(dask_worker.address)
    return address.partition("://")[2] if name == address else name
