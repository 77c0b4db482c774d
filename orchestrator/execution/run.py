"""Drive a plan: commands from the state machine to the executor, events to the store and to whoever listens.

    RunState --commands--> Executor --events--> EventWriter (store), subscribers, RunState

The coordinator is the only writer of the store.
"""

import heapq
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from orchestrator.definitions.tags import run_timeout_of
from orchestrator.errors import OrchestratorError
from orchestrator.execution.executors.protocol import Executor
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.pools import Pools, limits_of
from orchestrator.execution.run_request import NodeId, RunRequest
from orchestrator.execution.state import CancelStep, Command, DelayRetry, LaunchStep, RunState, SkipStep
from orchestrator.execution.step import StepRequest
from orchestrator.execution.writer import EventWriter
from orchestrator.planning.plan import RunPlan
from orchestrator.planning.wiring import wiring_of
from orchestrator.runs.events import (
    Event,
    LogWritten,
    RunFinished,
    RunStarted,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.ids import new_run_id
from orchestrator.runs.records import Coordinator, Run, RunStatus
from orchestrator.runs.store import EventStore

Subscriber = Callable[[Event], None]

_ENDS = (StepSucceeded, StepFailed, StepCanceled, StepUpForRetry)


class RunResult(NamedTuple):
    """A finished run, and the signal that ended it, if one did."""

    run: Run
    signal: int | None
    #: Why no step could be run, if that is so.
    error: OrchestratorError | None = None


def execute_plan(  # noqa: PLR0913  what a run needs
    plan: RunPlan,
    *,
    store: EventStore,
    storage: str,
    executor: Executor,
    interrupts: Interrupts,
    coordinator: Coordinator,
    subscribers: Sequence[Subscriber] = (),
    fail_fast: bool = False,
    run_id: str | None = None,
    pool_limits: Mapping[str, int] | None = None,
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
        run_id: the run's id; a new one if left out.
        pool_limits: how many steps of a concurrency pool may run at once, over all runs that share the store.

    Raises:
        ConfigError: the config does not fit; nothing is recorded.
        StoreError: the store failed; the run stays as it was last recorded.
    """
    driver = _Driver(plan, store, storage, executor, interrupts, subscribers, fail_fast=fail_fast, run_id=run_id)
    limits = limits_of(plan, pool_limits or {})
    if limits:
        driver.use_pools(Pools(store.pools, limits, driver.run_id, coordinator))
    return driver.run(coordinator)


def _as_written(config: Any) -> Any:
    """Run config for the record: what JSON cannot say becomes text."""
    if isinstance(config, Mapping):
        return {str(name): _as_written(value) for name, value in config.items()}
    if isinstance(config, list | tuple):
        return [_as_written(value) for value in config]
    return config if config is None or type(config) in (str, bool, int, float) else str(config)


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
        run_id: str | None,
    ) -> None:
        self._plan = plan
        self._storage = storage
        self._executor = executor
        self._interrupts = interrupts
        self._subscribers = subscribers
        self._state = RunState(
            plan, max_running=executor.max_running, fail_fast=fail_fast, tag_limits=executor.settings.tag_limits
        )
        self._started = time.time()
        self.run_id = run_id or new_run_id(self._started)
        self._writer = EventWriter(store)
        self._follow_up: list[Command] = []
        #: Steps that wait for another attempt: when it is due, in order, and the step.
        self._delayed: list[tuple[float, str]] = []
        self._running = 0
        self._error: OrchestratorError | None = None
        #: Why the run was stopped, if not by a person.
        self._stopped_because: str | None = None
        self._pools: Pools | None = None

    def use_pools(self, pools: Pools) -> None:
        """Let steps of the pools that have a limit wait for a slot."""
        self._pools = pools
        self._state.limit_pools(pools.limits)

    def run(self, coordinator: Coordinator) -> RunResult:
        state = self._state
        self._interrupts.on_first = self._executor.interrupt
        self._interrupts.on_second = self._end_at_once
        request = run_request(self._plan, self.run_id, self._storage, retries=self._executor.settings.retries)
        try:
            try:
                self._executor.prepare(request)
            except BaseException:
                self._executor.end()
                raise
            self._record_start(coordinator)
            with self._timed():
                try:
                    if self._start():
                        self._carry_out(state.start())
                    self._run_steps()
                finally:
                    self._end()
                    if self._pools is not None:
                        self._pools.close()
            return self._finish(coordinator)
        finally:
            self._interrupts.on_first = self._interrupts.on_second = None
            self._writer.close()

    def _record_start(self, coordinator: Coordinator) -> None:
        plan = self._plan
        self._record(
            RunStarted(
                run_id=self.run_id,
                timestamp=self._started,
                job=plan.job,
                job_location=plan.job_location,
                selection=plan.selection,
                tags=plan.tags,
                assets=plan.assets,
                steps=len(plan.to_run),
                parent_run_id=plan.parent_run_id,
                root_run_id=plan.root_run_id,
                retry=plan.retry,
                wiring=wiring_of(plan),
                executor=self._executor.settings.name,
                max_workers=self._executor.max_running,
                config=_as_written(plan.config),
                **coordinator._asdict(),
            )
        )
        # whatever happens to this process from here on, the run is known
        self._writer.flush()

    @contextmanager
    def _timed(self) -> Iterator[None]:
        """Stop the run when its time is over, as a first signal does."""
        seconds = run_timeout_of(self._plan.tags)
        if seconds is None or not self._interrupts.listening:
            yield
            return
        timer = threading.Timer(seconds, self._stop, [f"took longer than {seconds:g} s"])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _stop(self, why: str) -> None:
        self._stopped_because = why
        os.kill(os.getpid(), signal.SIGTERM)

    def _start(self) -> bool:
        """Start the resources; False if one cannot be, and no step is run."""
        try:
            self._executor.start()
        except KeyboardInterrupt:
            self._carry_out(self._state.cancel())
        except OrchestratorError as error:
            if self._interrupts.signal is not None:
                self._carry_out(self._state.cancel())
                return False
            self._error = error
            self._carry_out(self._state.give_up(error.message))
        else:
            if self._interrupts.signal is None:
                return True
            # nothing that is launched from here on would be told of it
            self._carry_out(self._state.cancel())
        return False

    def _end(self) -> None:
        """Tear the resources down; what is done is done, also if one complains."""
        try:
            self._executor.end()
        except Exception as error:  # noqa: BLE001  a resource of the user, when all steps have ended
            message = f"tearing down resources: {error}"
            self._record(LogWritten(run_id=self.run_id, timestamp=time.time(), level="error", message=message))

    def _run_steps(self) -> None:
        state = self._state
        while not state.finished:
            if self._interrupts.signal is not None:
                self._carry_out(state.cancel())
            while self._delayed and self._delayed[0][0] <= time.monotonic():
                self._carry_out(state.retry_due(heapq.heappop(self._delayed)[1]))
            if self._pools is not None:
                self._ask_again(self._pools)
            if self._running:
                self._wait()
            elif (left := self._time_left()) is not None:
                # short naps: a signal must be noticed
                time.sleep(min(0.1, left))
            commands, self._follow_up = self._follow_up, []
            self._carry_out(commands)

    def _wait(self) -> None:
        try:
            self._executor.wait(self._on_event, self._time_left())
        except OrchestratorError as error:  # no step can be run any more; those that were running will be heard of
            self._error = error
            self._carry_out(self._state.give_up(error.message))

    def _time_left(self) -> float | None:
        """How long to wait at most: until a step is to be tried again; None if none is."""
        due = [self._delayed[0][0]] if self._delayed else []
        if self._pools is not None and self._pools.due is not None:
            due.append(self._pools.due)
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _ask_again(self, pools: Pools) -> None:
        """Ask for slots of the pools that steps wait for, if it is time to."""
        for pool in pools.take_due():
            self._carry_out(self._state.ask_pool(pool))

    def _on_event(self, event: Event) -> None:
        self._record(event)
        if isinstance(event, _ENDS):
            self._running -= 1
            if self._pools is not None:
                self._pools.release(event.step)
        for command in self._state.handle(event):
            if isinstance(command, SkipStep):
                self._carry_out([command])  # there is nothing to wait for: the executor has no part in it
            else:
                self._follow_up.append(command)

    def _record(self, event: Event) -> None:
        self._writer.write(event)
        for subscriber in self._subscribers:
            subscriber(event)

    def _carry_out(self, commands: Sequence[Command]) -> None:
        for command in commands:
            step = command.step
            match command:
                case LaunchStep():
                    self._launch(command)
                case DelayRetry():
                    heapq.heappush(self._delayed, (time.monotonic() + command.wait_s, step.key))
                case SkipStep():
                    self._record(
                        StepSkipped(
                            run_id=self.run_id,
                            timestamp=time.time(),
                            step=step.key,
                            because=command.because,
                            assets=command.assets,
                            reason=command.reason,
                        )
                    )
                case CancelStep():
                    self._record(
                        StepCanceled(run_id=self.run_id, timestamp=time.time(), step=step.key, assets=step.assets)
                    )

    def _launch(self, command: LaunchStep) -> None:
        step = command.step
        if self._pools is not None and not self._pools.claim(step):
            note = self._pools.note_on(step)
            if note is not None:
                self._record(note)
            self._carry_out(self._state.put_off(step.key))
            return
        self._running += 1
        self._executor.submit(
            StepRequest(run_id=self.run_id, step=step, attempt=command.attempt, spent_s=command.spent_s)
        )

    def _finish(self, coordinator: Coordinator) -> RunResult:
        # what a subscriber reads from the store when it hears of the end must be there
        self._writer.flush()
        status = self._state.run_status
        if self._stopped_because is not None and status is RunStatus.CANCELED:
            status = RunStatus.FAILURE
        finished = self._finished(status, self._stopped_because if self._error is None else self._error.message)
        self._writer.write(finished)
        self._writer.flush()
        for subscriber in self._subscribers:
            subscriber(finished)
        run = Run(
            run_id=self.run_id,
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
            message=finished.message,
            parent_run_id=self._plan.parent_run_id,
            root_run_id=self._plan.root_run_id,
            retry=self._plan.retry,
            run_config=_as_written(self._plan.config),
            executor=self._executor.settings.name,
            max_workers=self._executor.max_running,
            **coordinator._asdict(),
        )
        return RunResult(run, self._interrupts.signal, self._error)

    def _finished(self, status: RunStatus, message: str | None = None) -> RunFinished:
        now = time.time()
        return RunFinished(
            run_id=self.run_id,
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


def run_request(plan: RunPlan, run_id: str = "", storage: str = "", *, retries: bool = True) -> RunRequest:
    """What the processes that run the steps of a plan need to know before."""
    nodes: dict[str, dict[NodeId, list[str]]] = {}
    not_needed = _not_needed(plan) if plan.done else ()
    for step in plan.steps:
        paths = nodes.setdefault(step.location, {}).setdefault((step.in_job, step.node), [])
        if step.key not in not_needed:
            paths.append(step.path)
    return RunRequest(
        run_id=run_id,
        storage=storage,
        job=plan.job,
        job_location=plan.job_location,
        tags=plan.tags,
        config=plan.config,
        retries=retries,
        nodes={
            location: tuple((node, tuple(paths)) for node, paths in by_node.items())
            for location, by_node in nodes.items()
        },
    )


def _not_needed(plan: RunPlan) -> set[str]:
    """The steps that are done and made no value that is to be loaded; of the others, the IO managers are needed."""
    pending = plan.pending
    sources = {value.step for step in pending for one in step.inputs for value in one.values}
    return {step.key for step in plan.steps} - {step.key for step in pending} - sources
