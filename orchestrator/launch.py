"""Run a plan in a workspace: put executor, runners, store and signals together."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from msgspec import Struct

from orchestrator.errors import ErrorInfo
from orchestrator.execution.capture import Capture, CaptureSettings, last_words, make_folder
from orchestrator.execution.capturing import CapturingRunner
from orchestrator.execution.executors.in_process import InProcessExecutor, Runner
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.run import RunResult, Subscriber, execute_plan
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest, StepRunner
from orchestrator.instance import Instance, this_process
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.planning.plan import RunPlan
from orchestrator.runs.events import Event, LogsCaptured, StepCanceled, StepFailed, StepStarted
from orchestrator.workspace.process import LocationWorker
from orchestrator.workspace.worker_process import WorkerDiedError
from orchestrator.workspace.workspace import Workspace


class Capturing(Struct, frozen=True, kw_only=True):
    """How the output of user code is treated while a run is under way."""

    #: Whether stdout and stderr of steps go to files of the home.
    to_files: bool = True
    #: Called before `breakpoint()` gives the terminal to the debugger, and when it is free again.
    on_suspend: Callable[[], None] | None = None
    on_resume: Callable[[], None] | None = None


_CAPTURE_ALL = Capturing()


def run_in_workspace(
    plan: RunPlan,
    workspace: Workspace,
    instance: Instance,
    *,
    subscribers: Sequence[Subscriber] = (),
    fail_fast: bool = False,
    capturing: Capturing = _CAPTURE_ALL,
    on_signal: Callable[[], None] | None = None,
) -> RunResult:
    """Run a plan to its end, one step at a time. SIGINT and SIGTERM stop it gracefully, a second one at once.

    Args:
        plan: what to do.
        workspace: where the code is.
        instance: records the run.
        subscribers: get every event.
        fail_fast: launch nothing more after the first failure.
        capturing: how the output of user code is treated.
        on_signal: called in the handler of the first signal.

    Raises:
        StoreError: the store failed.
    """
    if capturing.to_files:
        make_folder(instance.logs)
    folder = str(instance.logs) if capturing.to_files else None
    python_logs = workspace.settings.python_logs
    with Interrupts() as interrupts:
        interrupts.on_notice = on_signal
        runners: dict[str, Runner] = {}
        for name, definitions in workspace.definitions.items():
            runner = StepRunner(definitions, FilesystemIOManager(), interrupts, location=name, instance=instance)
            settings = CaptureSettings(folder=folder, name=name, python_logs=python_logs)
            capture = Capture(settings, on_suspend=capturing.on_suspend, on_resume=capturing.on_resume)
            runners[name] = CapturingRunner(runner, capture)
        for name, worker in workspace.workers.items():
            settings = CaptureSettings(folder=folder, name=name, python_logs=python_logs, interactive=False)
            runners[name] = WorkerRunner(worker, interrupts, settings)
        return execute_plan(
            plan,
            store=instance.store,
            storage=str(instance.storage),
            executor=InProcessExecutor(runners),
            interrupts=interrupts,
            coordinator=this_process(),
            subscribers=subscribers,
            fail_fast=fail_fast,
        )


class WorkerRunner:
    """Runs steps in the worker of their code location. A worker that dies fails its step, and only that."""

    def __init__(self, worker: LocationWorker, interrupts: Interrupts, capture: CaptureSettings) -> None:
        self._worker = worker
        self._interrupts = interrupts
        self._capture = capture
        self._captured: LogsCaptured | None = None

    def prepare(self, request: RunRequest) -> None:
        """Make ready for a run."""
        self._worker.prepare_run(request, self._capture)

    def start(self) -> None:
        """Start the resources of the run that was prepared."""
        self._worker.start_run()

    def end(self) -> None:
        """Tear down what `prepare` and `start` did; a worker that died has nothing left to tear down."""
        with suppress(WorkerDiedError):
            self._worker.end_run()

    def run(self, request: StepRequest, emit: Callable[[Event], None]) -> None:
        """Run a step; the last event says how it ended."""
        started = time.time()
        step = request.step
        if self._interrupts.signal is not None:
            emit(StepCanceled(run_id=request.run_id, timestamp=started, step=step.key, assets=step.assets))
            return
        began = False
        try:
            for event in self._worker.run_step(request):
                began = began or isinstance(event, StepStarted)
                if isinstance(event, LogsCaptured):
                    self._captured = event
                emit(event)
        except WorkerDiedError as error:
            now = time.time()
            if not began:
                emit(
                    StepStarted(
                        run_id=request.run_id,
                        timestamp=started,
                        step=step.key,
                        location=step.location,
                        assets=step.assets,
                        upstream=step.upstream,
                    )
                )
            words = last_words(self._capture, request.run_id, step.key, self._captured)
            if words is not None:
                self._captured = words
                emit(words)
            emit(
                StepFailed(
                    run_id=request.run_id,
                    timestamp=now,
                    step=step.key,
                    error=ErrorInfo(type="WorkerDiedError", message=error.message, hint=error.hint),
                    duration_s=now - started,
                    assets=step.at_stake,
                )
            )

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the step that runs."""
        self._worker.interrupt()
