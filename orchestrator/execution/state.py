"""The state of a run: a pure machine. Events go in, commands come out; nothing here does anything.

A step is pending until all its upstream steps ended well and one of `max_running` slots is free, then it is launched. A step that fails, or whose upstream
did not produce what it needs, keeps everything downstream of it from running. Every planned step ends in exactly one of
success, failure, skipped or canceled, and then the run is over.
"""

import heapq
from collections.abc import Iterator

from msgspec import Struct

from orchestrator.planning.plan import RunPlan, Step
from orchestrator.runs.events import AssetMaterialized, Event, StepCanceled, StepFailed, StepSucceeded
from orchestrator.runs.records import RunStatus, StepStatus


class LaunchStep(Struct, frozen=True):
    """Hand this step to the executor."""

    step: Step


class SkipStep(Struct, frozen=True):
    """Record that this step will not run."""

    step: Step
    #: The failed steps, or the assets not produced, that stand in its way; empty for fail-fast.
    because: tuple[str, ...]
    reason: str


class CancelStep(Struct, frozen=True):
    """Record that this step never started, because the run was canceled."""

    step: Step


Command = LaunchStep | SkipStep | CancelStep


class RunState:
    """Where a run stands.

    Args:
        plan: what is to be done.
        max_running: how many steps may run at once.
        fail_fast: launch nothing more after the first failure.
    """

    def __init__(self, plan: RunPlan, *, max_running: int = 1, fail_fast: bool = False) -> None:
        self._steps = {step.key: step for step in plan.steps}
        self._order = {step.key: place for place, step in enumerate(plan.steps)}
        self._plan = plan
        self._free = max_running
        self._fail_fast = fail_fast
        self._downstream: dict[str, list[str]] = {step.key: [] for step in plan.steps}
        for step in plan.steps:
            for upstream in step.upstream:
                self._downstream[upstream].append(step.key)
        self._waiting = {step.key: len(step.upstream) for step in plan.steps}
        self.status = dict.fromkeys(self._steps, StepStatus.PENDING)
        self._open = len(self._steps)
        #: Places in the plan of the steps that could run now; the earliest is launched first.
        self._ready = [self._order[key] for key, count in self._waiting.items() if count == 0]
        self._stopped = False
        self._canceled = False
        self._materialized: set[str] = set()
        #: Counts of assets.
        self.failed = 0
        self.skipped = 0

    @property
    def materialized(self) -> int:
        """How many assets were materialized."""
        return len(self._materialized)

    @property
    def finished(self) -> bool:
        """Whether every step has ended."""
        return self._open == 0

    @property
    def run_status(self) -> RunStatus:
        """What the run comes to, once it is finished."""
        if self._canceled:
            return RunStatus.CANCELED
        return RunStatus.FAILURE if StepStatus.FAILURE in self.status.values() else RunStatus.SUCCESS

    def start(self) -> list[Command]:
        """The commands to begin with."""
        return self._launch()

    def cancel(self) -> list[Command]:
        """Stop the run: what has not been launched never will be."""
        self._canceled = self._stopped = True
        return [self._end_unlaunched(CancelStep(step)) for step in self._pending()]

    def handle(self, event: Event) -> list[Command]:
        """Take note of what happened to a step and say what follows."""
        match event:
            case AssetMaterialized():
                self._materialized.add(event.asset)
            case StepSucceeded():
                self._end(event.step, StepStatus.SUCCESS)
                return [] if self._stopped else [*self._after_success(self._steps[event.step]), *self._launch()]
            case StepFailed():
                self._end(event.step, StepStatus.FAILURE)
                self.failed += sum(key not in self._materialized for key in self._steps[event.step].assets)
                return [] if self._canceled else [*self._after_failure(event.step), *self._launch()]
            case StepCanceled():
                self._end(event.step, StepStatus.CANCELED)
                self._canceled = True
                return [] if self._stopped else self.cancel()
            case _:
                pass
        return []

    def _pending(self) -> Iterator[Step]:
        return (step for key, step in self._steps.items() if self.status[key] is StepStatus.PENDING)

    def _launch(self) -> list[Command]:
        commands: list[Command] = []
        while self._ready and self._free and not self._stopped:
            step = self._plan.steps[heapq.heappop(self._ready)]
            if self.status[step.key] is StepStatus.PENDING:
                self.status[step.key] = StepStatus.RUNNING
                self._free -= 1
                commands.append(LaunchStep(step))
        return commands

    def _end(self, key: str, status: StepStatus) -> None:
        if self.status[key] is StepStatus.RUNNING:
            self._free += 1
        self.status[key] = status
        self._open -= 1

    def _end_unlaunched(self, command: SkipStep | CancelStep) -> Command:
        if isinstance(command, SkipStep):
            self._end(command.step.key, StepStatus.SKIPPED)
            self.skipped += len(command.step.outputs)
        else:
            self._end(command.step.key, StepStatus.CANCELED)
        return command

    def _after_success(self, done: Step) -> list[Command]:
        missing = {key for key in done.assets if key not in self._materialized}
        commands: list[Command] = []
        for key in self._downstream[done.key]:
            if self.status[key] is not StepStatus.PENDING:
                continue
            step = self._steps[key]
            absent = tuple(one.key for one in step.inputs if one.key in missing) if missing else ()
            if absent:
                commands += self._skip_with_downstream(step, absent, "not produced")
                continue
            self._waiting[key] -= 1
            if self._waiting[key] == 0:
                heapq.heappush(self._ready, self._order[key])
        return commands

    def _after_failure(self, failed: str) -> list[Command]:
        commands: list[Command] = []
        for key in self._downstream[failed]:
            if self.status[key] is StepStatus.PENDING:
                commands += self._skip_with_downstream(self._steps[key], (failed,), "upstream failed")
        if self._fail_fast and not self._stopped:
            self._stopped = True
            commands += [self._end_unlaunched(SkipStep(step, (), "fail-fast")) for step in self._pending()]
        return commands

    def _skip_with_downstream(self, step: Step, because: tuple[str, ...], reason: str) -> list[Command]:
        commands = [self._end_unlaunched(SkipStep(step, because, reason))]
        pending = [step.key]
        while pending:
            for key in self._downstream[pending.pop()]:
                if self.status[key] is StepStatus.PENDING:
                    commands.append(self._end_unlaunched(SkipStep(self._steps[key], because, reason)))
                    pending.append(key)
        return commands
