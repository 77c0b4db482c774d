"""Drive a plan: commands from the state machine to the executor, events to the store and to whoever listens.

    RunState --commands--> Executor --events--> EventWriter (store), subscribers, RunState

The coordinator is the only writer of the store.
"""

import os
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from orchestrator.execution.executors.protocol import Executor
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.state import CancelStep, Command, LaunchStep, RunState, SkipStep
from orchestrator.execution.step import StepRequest
from orchestrator.execution.writer import EventWriter
from orchestrator.planning.plan import RunPlan
from orchestrator.runs.events import Event, RunFinished, RunStarted, StepCanceled, StepSkipped
from orchestrator.runs.ids import new_run_id
from orchestrator.runs.records import Coordinator, Run, RunStatus
from orchestrator.runs.store import EventStore

Subscriber = Callable[[Event], None]


class RunResult(NamedTuple):
    """A finished run, and the signal that ended it, if one did."""

    run: Run
    signal: int | None


def execute_plan(
    plan: RunPlan,
    *,
    store: EventStore,
    storage: str,
    executor: Executor,
    interrupts: Interrupts,
    coordinator: Coordinator,
    subscribers: Sequence[Subscriber] = (),
    fail_fast: bool = False,
) -> RunResult:
    """Run a plan to its end and record everything.

    Args:
        plan: what to do.
        store: takes the events.
        storage: folder for values of IO managers that have none of their own.
        executor: runs the steps.
        interrupts: entered by the caller around this call.
        coordinator: this process.
        subscribers: get every event, in order.
        fail_fast: launch nothing more after the first failure.

    Raises:
        StoreError: the store failed; the run stays as it was last recorded.
    """
    driver = _Driver(plan, store, storage, executor, interrupts, subscribers, fail_fast=fail_fast)
    return driver.run(coordinator)


class _Driver:
    def __init__(
        self,
        plan: RunPlan,
        store: EventStore,
        storage: str,
        executor: Executor,
        interrupts: Interrupts,
        subscribers: Sequence[Subscriber],
        *,
        fail_fast: bool,
    ) -> None:
        self._plan = plan
        self._storage = storage
        self._executor = executor
        self._interrupts = interrupts
        self._subscribers = subscribers
        self._state = RunState(plan, max_running=executor.max_running, fail_fast=fail_fast)
        self._started = time.time()
        self._run_id = new_run_id(self._started)
        self._writer = EventWriter(store)
        self._follow_up: list[Command] = []

    def run(self, coordinator: Coordinator) -> RunResult:
        plan, state = self._plan, self._state
        self._interrupts.on_first = self._executor.interrupt
        self._interrupts.on_second = self._end_at_once
        try:
            self._record(
                RunStarted(
                    run_id=self._run_id,
                    timestamp=self._started,
                    job=plan.job,
                    selection=plan.selection,
                    tags=plan.tags,
                    assets=plan.assets,
                    steps=len(plan.steps),
                    **coordinator._asdict(),
                )
            )
            # whatever happens to this process from here on, the run is known
            self._writer.flush()
            self._carry_out(state.start())
            while not state.finished:
                if self._interrupts.signal is not None:
                    self._carry_out(state.cancel())
                self._executor.wait(self._on_event)
                commands, self._follow_up = self._follow_up, []
                self._carry_out(commands)
            return self._finish(coordinator)
        finally:
            self._interrupts.on_first = self._interrupts.on_second = None
            self._writer.close()

    def _on_event(self, event: Event) -> None:
        self._record(event)
        self._follow_up += self._state.handle(event)

    def _record(self, event: Event) -> None:
        self._writer.write(event)
        for subscriber in self._subscribers:
            subscriber(event)

    def _carry_out(self, commands: Sequence[Command]) -> None:
        for command in commands:
            step = command.step
            match command:
                case LaunchStep():
                    self._executor.submit(
                        StepRequest(
                            run_id=self._run_id,
                            step=step,
                            storage=self._storage,
                            job=self._plan.job,
                            tags=self._plan.tags,
                        )
                    )
                case SkipStep():
                    self._record(
                        StepSkipped(
                            run_id=self._run_id,
                            timestamp=time.time(),
                            step=step.key,
                            because=command.because,
                            assets=step.assets,
                            reason=command.reason,
                        )
                    )
                case CancelStep():
                    self._record(
                        StepCanceled(run_id=self._run_id, timestamp=time.time(), step=step.key, assets=step.assets)
                    )

    def _finish(self, coordinator: Coordinator) -> RunResult:
        # what a subscriber reads from the store when it hears of the end must be there
        self._writer.flush()
        finished = self._finished(self._state.run_status)
        self._writer.write(finished)
        self._writer.flush()
        for subscriber in self._subscribers:
            subscriber(finished)
        run = Run(
            run_id=self._run_id,
            status=finished.status,
            started=self._started,
            ended=finished.timestamp,
            job=self._plan.job,
            selection=self._plan.selection,
            tags=self._plan.tags,
            planned=len(self._plan.assets),
            materialized=finished.materialized,
            failed=finished.failed,
            skipped=finished.skipped,
            **coordinator._asdict(),
        )
        return RunResult(run, self._interrupts.signal)

    def _finished(self, status: RunStatus, message: str | None = None) -> RunFinished:
        now = time.time()
        return RunFinished(
            run_id=self._run_id,
            timestamp=now,
            status=status,
            materialized=self._state.materialized,
            failed=self._state.failed,
            skipped=self._state.skipped,
            duration_s=now - self._started,
            message=message,
        )

    def _end_at_once(self, number: int) -> None:
        """The second signal: record the end and go, whatever is running."""
        self._record(self._finished(RunStatus.CANCELED, "stopped at once by a second signal"))
        self._writer.flush(timeout=2.0)
        self._executor.close()
        os._exit(128 + number)
