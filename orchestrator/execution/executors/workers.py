"""Steps in worker processes: one per code location where one step runs at a time, else as many as are needed.

    submit ──> an idle worker of the step's location, or a new one, which is sent all it needs before it answers
    wait   ──> events of all workers as they come; a step counts as ended when its worker is free again

A worker that dies fails the step it was running, and only that.
"""

import select
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import msgspec

from orchestrator.definitions.retries import RetryPolicy
from orchestrator.errors import OrchestratorError, StepTimeoutError
from orchestrator.execution.capture import CaptureSettings, last_words
from orchestrator.execution.config_check import check_in_all, knows_all_but_names
from orchestrator.execution.executors.deaths import Began, last_events
from orchestrator.execution.executors.settings import ExecutorSettings
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest
from orchestrator.graph.snapshot import LoadFailure
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
from orchestrator.workspace.messages import EndRun, PrepareRun, RunStep, StartRun, StepDone
from orchestrator.workspace.process import LocationWorker, check_hello
from orchestrator.workspace.worker_process import WorkerDiedError, WorkerProcess

Emit = Callable[[Event], None]

_ENDS = (StepSucceeded, StepFailed, StepCanceled, StepUpForRetry)
#: How long to wait at most in one go, in seconds: Python does not notice a signal that comes just before it waits, neither
#: here nor in a worker.
_BLINK = 0.25
#: How long a step that is out of time may take to notice, before its worker is killed; in seconds.
_NOTICE = 5.0


class _Worker:
    """A worker, and what it is about."""

    def __init__(self, process: WorkerProcess, location: str, lane: int, name: str, answers: tuple[str, ...]) -> None:
        self.process = process
        self.location = location
        self.lane = lane
        #: What events call it.
        self.name = name
        #: What it still has to answer, in order, before anything else comes from it.
        self.answers = deque(answers)
        self.request: StepRequest | None = None
        self.started = 0.0
        self.began = False
        #: From the event that ends an attempt on, until the worker is free again.
        self.last_events: list[Event] = []
        self.deadline: float | None = None
        #: Why it was killed, if we did it.
        self.verdict: OrchestratorError | None = None
        self.steps_done = 0
        self.retiring = False

    def begin(self, request: StepRequest) -> None:
        """Take note of a step that was sent."""
        self.request = request
        self.started = time.time()
        self.began = False
        self.last_events = []


class WorkersExecutor:
    """Runs steps in worker processes.

    Args:
        locations: the first worker of each code location.
        settings: how many at once, and how.
        capture: what workers keep of what steps say.
        prefix: stands before the names of workers, where names of others must not be the same.
        also_awaited: `wait` returns when there is something to read from it.
    """

    def __init__(
        self,
        locations: Mapping[str, LocationWorker],
        settings: ExecutorSettings,
        capture: CaptureSettings,
        *,
        prefix: str = "",
        also_awaited: Any = None,
    ) -> None:
        self._prefix = prefix
        self._also_awaited: list[Any] = [] if also_awaited is None else [also_awaited]
        self.settings = settings
        self.max_running = settings.workers
        #: Whether the process that loaded a location runs its steps too.
        self._one_each = self.max_running == 1 and not settings.isolate_steps and not settings.max_steps_per_worker
        self._locations = locations
        self._capture = capture
        self._request: RunRequest | None = None
        self._workers: list[_Worker] = []
        #: Steps that could not be handed to any worker.
        self._lost: list[tuple[StepRequest, OrchestratorError]] = []
        #: By file of captured output, how far it was reported.
        self._captured: dict[str, LogsCaptured] = {}
        self._interrupted = False
        #: Whether workers were told twice.
        self._reminded = False

    def prepare(self, request: RunRequest) -> None:
        """Check the config of the run in all its code locations.

        Raises:
            ConfigError: it does not fit.
        """
        self.expect(request)

        def prepare(location: str) -> None:
            first = self._locations[location]
            first.prepare_run(request, self._capture_of(location), location)
            if not self._one_each:
                with suppress(WorkerDiedError):  # noticed when it is needed
                    first.end_run()  # it was only asked about the config

        check_in_all(request, prepare)

    def expect(self, request: RunRequest) -> None:
        """Make ready for a run whose config was checked elsewhere."""
        self._request = request

    def start(self) -> None:
        """Start a worker for each code location, and the resources of the run there.

        Raises:
            ResourceError: a resource cannot be started.
            WorkerDiedError: a worker cannot be started.
        """
        assert self._request is not None
        if self._one_each:
            for location in self._request.nodes:
                self._locations[location].start_run()
            return
        started = [self._new_worker(location) for location in self._request.nodes]
        for worker in started:
            while worker.answers:
                self._check_answer(worker, worker.process.receive())

    def end(self) -> None:
        """Tear down the resources of the run and end the workers that were started for it.

        Raises:
            OrchestratorError: a resource complained.
        """
        failures: list[OrchestratorError] = []
        if self._one_each:
            for location in self._request.nodes if self._request is not None else ():
                try:
                    self._locations[location].end_run()
                except WorkerDiedError:
                    continue  # it has nothing left to tear down
                except OrchestratorError as error:
                    failures.append(error)
        else:
            failures = self._end_workers()
        if failures:
            raise failures[0]

    def submit(self, request: StepRequest) -> None:
        """Hand a step to a worker."""
        location = request.step.location
        idle = (one for one in self._workers if one.location == location and one.request is None and not one.retiring)
        worker = next(idle, None)
        try:
            if worker is None or not worker.process.is_alive:
                if worker is not None:
                    self._forget(worker)
                worker = self._new_worker(location)
            worker.begin(request)
            worker.process.send(RunStep(request))
        except (OSError, OrchestratorError) as error:
            if worker is not None:
                self._forget(worker)
            if isinstance(error, OSError):
                error = WorkerDiedError(f"no worker of `{location}` can be started: {error.strerror}")
            self._lost.append((request, error))

    def wait(self, emit: Emit, timeout_s: float | None = None) -> None:
        """Pass on events until a step has ended, or the time is over."""
        give_up = None if timeout_s is None else time.monotonic() + timeout_s
        ended = bool(self._lost)
        while self._lost:
            request, error = self._lost.pop()
            for event in self._last_events(None, request, error):
                emit(event)
        while not ended:
            now = time.monotonic()
            if give_up is not None and now >= give_up:
                return
            self._kill_overdue(now)
            limits = [give_up, *(worker.deadline for worker in self._workers)]
            soonest = min((limit for limit in limits if limit is not None), default=now + _BLINK)
            ready, called = self._ready(min(_BLINK, max(0.0, soonest - now)))
            for worker in ready:
                ended = self._receive(worker, emit) or ended
            ended = ended or called
            if self._interrupted and not (ready or self._reminded):
                self._reminded = True
                self.interrupt()

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the steps that run; called from a signal handler."""
        self._interrupted = True
        if self._one_each:
            for location in self._locations.values():
                location.interrupt()
        else:
            for worker in list(self._workers):
                _interrupt(worker)

    def close(self) -> None:
        """End everything at once."""
        for worker in list(self._workers):
            worker.process.kill()

    def _ready(self, timeout_s: float | None) -> tuple[list[_Worker], bool]:
        """The workers that have something to say, and whether what is awaited besides them has."""
        by_file: dict[int, _Worker] = {}
        for worker in self._workers:
            by_file[worker.process.channel.fileno()] = worker
            if worker.process.death is not None:
                by_file[worker.process.death] = worker
        ready = select.select([*by_file, *self._also_awaited], [], [], timeout_s)[0]
        workers = {id(by_file[one]): by_file[one] for one in ready if one in by_file}
        return list(workers.values()), any(one in ready for one in self._also_awaited)

    def _receive(self, worker: _Worker, emit: Emit) -> bool:
        """Take one message; returns whether a step has ended."""
        try:
            message = worker.process.take()
        except WorkerDiedError as error:
            return self._fail(worker, error, emit)
        except Exception as error:  # noqa: BLE001  whatever unpickling raises
            worker.process.kill()
            worker.verdict = WorkerDiedError(f"{worker.process.name} said what cannot be understood here: {error}")
            return self._fail(worker, worker.process.died(), emit)
        if worker.answers:
            try:
                self._check_answer(worker, message)
            except OrchestratorError as error:
                worker.process.close(at_once=True)
                if worker.retiring:
                    emit(_complaint(worker, self._request, error))
                return self._fail(worker, error, emit)
            return False
        if isinstance(message, StepDone):
            return self._free(worker, emit)
        self._pass_on(worker, message, emit)
        return False

    def _pass_on(self, worker: _Worker, event: Event, emit: Emit) -> None:
        if isinstance(event, LogsCaptured):
            self._captured[event.file] = event
        if isinstance(event, StepStarted):
            worker.began = True
            assert worker.request is not None
            demands = worker.request.step.demands
            if demands is not None and demands.timeout_s is not None:
                worker.deadline = time.monotonic() + demands.timeout_s + _NOTICE
        if worker.last_events or isinstance(event, _ENDS):
            worker.last_events.append(event)
        else:
            emit(event)

    def _free(self, worker: _Worker, emit: Emit) -> bool:
        events, worker.last_events = worker.last_events, []
        worker.request = worker.deadline = None
        worker.steps_done += 1
        most = 1 if self.settings.isolate_steps else self.settings.max_steps_per_worker
        if most and worker.steps_done >= most:
            worker.retiring = True
            worker.answers.append("ended")
            with suppress(WorkerDiedError):  # noticed when its answer is waited for
                worker.process.send(EndRun())
        for event in events:
            emit(event)
        return True

    def _check_answer(self, worker: _Worker, answer: Any) -> None:
        kind = worker.answers.popleft()
        if kind == "hello":
            check_hello(answer, self._locations[worker.location].ref)
        elif kind == "location":
            if isinstance(answer, LoadFailure):
                raise WorkerDiedError(
                    f"the code location `{worker.location}` cannot be loaded in a new worker: {answer.message}",
                    hint=answer.hint,
                )
        elif kind == "ended":
            self._forget(worker)
            worker.process.close()
        if kind == "prepared" and knows_all_but_names(answer):
            return  # it is ready: the names are those of another location, or the run would not have begun
        if isinstance(answer, OrchestratorError):
            raise answer

    def _new_worker(self, location: str) -> _Worker:
        """A worker for a location.

        Raises:
            OSError: it cannot be started.
            WorkerDiedError: it died at once.
        """
        first = self._locations[location]
        if self._one_each:
            return self._add(_Worker(first.process(), location, 0, location, ()))
        taken = {one.lane for one in self._workers if one.location == location}
        lane = next(number for number in range(1, len(taken) + 2) if number not in taken)
        name = f"{self._prefix}{location}:{lane}"
        process, is_loaded = first.new_process(lane, fork=self.settings.fork)
        answers = ("prepared", "started") if is_loaded else ("hello", "location", "prepared", "started")
        worker = _Worker(process, location, lane, name, answers)
        self._add(worker)
        process.send(PrepareRun(self._request, self._capture_of(name), name))
        process.send(StartRun())
        return worker

    def _add(self, worker: _Worker) -> _Worker:
        self._workers.append(worker)
        if self._interrupted:  # the signal came when it was not among the others
            _interrupt(worker)
        return worker

    def _capture_of(self, name: str) -> CaptureSettings:
        return msgspec.structs.replace(self._capture, name=name)

    def _forget(self, worker: _Worker) -> None:
        if worker in self._workers:
            self._workers.remove(worker)

    def _kill_overdue(self, now: float) -> None:
        for worker in self._workers:
            if worker.deadline is not None and now >= worker.deadline and worker.verdict is None:
                assert worker.request is not None
                worker.verdict = StepTimeoutError(
                    f"`{worker.request.step.key}` was out of time and did not stop when it was told to: "
                    f"{worker.process.name} was killed"
                )
                worker.deadline = None
                worker.process.kill()

    def _fail(self, worker: _Worker, error: OrchestratorError, emit: Emit) -> bool:
        """A worker is gone: what was it doing? Returns whether a step has ended with it."""
        self._forget(worker)
        request = worker.request
        if request is None:
            return False
        worker.request = None
        if worker.last_events:  # the step had ended; its hooks had not
            for event in worker.last_events:
                emit(event)
            return True
        for event in self._last_events(worker, request, worker.verdict or error):
            emit(event)
        return True

    def _last_events(self, worker: _Worker | None, request: StepRequest, error: OrchestratorError) -> list[Event]:
        """What there is to say of a step whose worker is gone, or that got none."""
        step, run_id, now = request.step, request.run_id, time.time()
        if self._interrupted:
            return [StepCanceled(run_id=run_id, timestamp=now, step=step.key, assets=step.assets)]
        began = Began(since=now)
        if worker is not None:
            words = last_words(self._capture_of(worker.name), run_id, step.key, self._captured)
            if words is not None:
                self._captured[words.file] = words
            began = Began(
                since=worker.started, said_so=worker.began, worker=worker.name, pid=worker.process.pid, words=words
            )
        return last_events(request, error, began, self._policy(request))

    def _policy(self, request: StepRequest) -> RetryPolicy | None:
        demands = request.step.demands
        return demands.retry_policy if demands is not None and self.settings.retries else None

    def _end_workers(self) -> list[OrchestratorError]:
        failures: list[OrchestratorError] = []
        workers, self._workers = self._workers, []
        for worker in workers:
            if not worker.retiring:
                worker.answers.append("ended")
                with suppress(WorkerDiedError):
                    worker.process.send(EndRun())
        for worker in workers:
            try:
                while worker.answers:
                    answer = worker.process.receive()
                    if worker.answers.popleft() == "ended" and answer is not None:
                        failures.append(answer)
            except WorkerDiedError:
                continue  # it has nothing left to tear down
            worker.process.channel.close()  # all of them, before any is waited for
        for worker in workers:
            worker.process.close()
        return failures


def _interrupt(worker: _Worker) -> None:
    if "hello" in worker.answers:
        worker.process.kill()  # it has nothing to stop yet, and would not know how
    else:
        worker.process.interrupt()


def _complaint(worker: _Worker, request: RunRequest | None, error: OrchestratorError) -> LogWritten:
    """What a resource raised when a worker was no longer needed changes nothing about its steps."""
    run_id = "" if request is None else request.run_id
    message = f"tearing down resources in {worker.process.name}: {error}"
    return LogWritten(run_id=run_id, timestamp=time.time(), level="error", message=message)
