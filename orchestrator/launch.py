"""Run a plan in a workspace: put executor, runners, store and signals together."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from orchestrator.errors import ErrorInfo
from orchestrator.execution.executors.in_process import InProcessExecutor, Runner
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.run import RunResult, Subscriber, execute_plan
from orchestrator.execution.scope import RunRequest
from orchestrator.execution.step import StepRequest, StepRunner
from orchestrator.instance import Instance, this_process
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.planning.plan import RunPlan
from orchestrator.runs.events import Event, StepCanceled, StepFailed, StepStarted
from orchestrator.workspace.process import LocationWorker, WorkerDiedError
from orchestrator.workspace.workspace import Workspace


def run_in_workspace(
    plan: RunPlan,
    workspace: Workspace,
    instance: Instance,
    *,
    subscribers: Sequence[Subscriber] = (),
    fail_fast: bool = False,
    on_signal: Callable[[], None] | None = None,
) -> RunResult:
    """Run a plan to its end, one step at a time. SIGINT and SIGTERM stop it gracefully, a second one at once.

    Args:
        plan: what to do.
        workspace: where the code is.
        instance: records the run.
        subscribers: get every event.
        fail_fast: launch nothing more after the first failure.
        on_signal: called in the handler of the first signal.

    Raises:
        StoreError: the store failed.
    """
    with Interrupts() as interrupts:
        interrupts.on_notice = on_signal
        runners: dict[str, Runner] = {
            name: StepRunner(definitions, FilesystemIOManager(), interrupts, location=name, instance=instance)
            for name, definitions in workspace.definitions.items()
        }
        for name, worker in workspace.workers.items():
            runners[name] = WorkerRunner(worker, interrupts)
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

    def __init__(self, worker: LocationWorker, interrupts: Interrupts) -> None:
        self._worker = worker
        self._interrupts = interrupts

    def begin(self, request: RunRequest) -> None:
        """Make ready for the steps of a run."""
        self._worker.begin_run(request)

    def end(self) -> None:
        """Tear down what `begin` started; a worker that died has nothing left to tear down."""
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
                    )
                )
            emit(
                StepFailed(
                    run_id=request.run_id,
                    timestamp=now,
                    step=step.key,
                    error=ErrorInfo(type="WorkerDiedError", message=error.message, hint=error.hint),
                    duration_s=now - started,
                    assets=step.assets,
                )
            )

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the step that runs."""
        self._worker.interrupt()
