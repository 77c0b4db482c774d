"""The state of a run: a pure machine. Events go in, commands come out; nothing here does anything.

A step is pending until all its upstream steps ended well and one of `max_running` slots is free, then it is launched. A
step that fails, or whose upstream did not produce what it needs, keeps everything downstream of it from running. Every
planned step ends in exactly one of success, failure, skipped or canceled, and then the run is over.

A step that is mapped over a dynamic output is a template: when the step with that output has ended well, the template is
replaced by one copy per value. What collects waits for all copies.
"""

import heapq
from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from orchestrator.planning.plan import RunPlan, Step, StepInput, ValueSource
from orchestrator.runs.events import (
    AssetMaterialized,
    Event,
    OutputProduced,
    StepCanceled,
    StepFailed,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import RunStatus, StepStatus


class LaunchStep(Struct, frozen=True):
    """Hand this step to the executor."""

    step: Step
    #: How many attempts came before this one.
    attempt: int = 0


class DelayRetry(Struct, frozen=True):
    """Call `retry_due` for this step after some time."""

    step: Step
    wait_s: float


class SkipStep(Struct, frozen=True):
    """Record that this step will not run."""

    step: Step
    #: The failed steps, or the outputs not produced, that stand in its way; empty for fail-fast.
    because: tuple[str, ...]
    reason: str


class CancelStep(Struct, frozen=True):
    """Record that this step never started, because the run was canceled."""

    step: Step


Command = LaunchStep | DelayRetry | SkipStep | CancelStep


class RunState:
    """Where a run stands.

    Args:
        plan: what is to be done.
        max_running: how many steps may run at once.
        fail_fast: launch nothing more after the first failure.
    """

    def __init__(self, plan: RunPlan, *, max_running: int = 1, fail_fast: bool = False) -> None:
        self._steps = {step.key: step for step in plan.steps}
        #: Place in the plan; copies have the place of their template.
        self._order = {step.key: (place, 0) for place, step in enumerate(plan.steps)}
        self._free = max_running
        self._fail_fast = fail_fast
        self._downstream: dict[str, list[str]] = {step.key: [] for step in plan.steps}
        self._templates: dict[str, list[str]] = {}
        for step in plan.steps:
            for upstream in step.upstream:
                self._downstream[upstream].append(step.key)
            if step.mapped_over:
                self._templates.setdefault(step.mapped_over, []).append(step.key)
        self._waiting = {step.key: len(step.upstream) for step in plan.steps}
        self.status = dict.fromkeys(self._steps, StepStatus.PENDING)
        self._open = len(self._steps)
        #: The steps that could run now: those with a higher priority first, then those that could run earlier.
        self._ready: list[tuple[int, int, str]] = []
        self._ready_so_far = 0
        self._make_ready(key for key, count in self._waiting.items() if count == 0)
        self._stopped = False
        self._canceled = False
        self._failed = False
        self._materialized: set[str] = set()
        #: Outputs that are no assets, and the mapping keys of dynamic ones, in the order they came.
        self._produced: dict[tuple[str, str], list[str | None]] = {}
        #: The copies of a template, by mapping key.
        self._copies: dict[str, dict[str, str]] = {}
        self._attempts: dict[str, int] = {}
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
        failed = self._failed or StepStatus.FAILURE in self.status.values()
        return RunStatus.FAILURE if failed else RunStatus.SUCCESS

    def start(self) -> list[Command]:
        """The commands to begin with."""
        return self._launch()

    def cancel(self) -> list[Command]:
        """Stop the run: what has not been launched never will be."""
        self._canceled = self._stopped = True
        return [self._end_unlaunched(CancelStep(step)) for step in self._pending()]

    def give_up(self, reason: str) -> list[Command]:
        """Run nothing: the run failed before its first step."""
        self._stopped = self._failed = True
        return [self._end_unlaunched(SkipStep(step, (), reason)) for step in self._pending()]

    def retry_due(self, key: str) -> list[Command]:
        """The time to wait before another attempt at a step is over."""
        if self.status[key] is StepStatus.PENDING:
            self._make_ready([key])
        return self._launch()

    def handle(self, event: Event) -> list[Command]:
        """Take note of what happened to a step and say what follows."""
        match event:
            case AssetMaterialized():
                self._materialized.add(event.asset)
            case OutputProduced():
                self._produced.setdefault((event.step, event.output), []).append(event.mapping_key)
            case StepSucceeded():
                self._end(event.step, StepStatus.SUCCESS)
                return [] if self._stopped else [*self._after_success(self._steps[event.step]), *self._launch()]
            case StepFailed():
                self._end(event.step, StepStatus.FAILURE)
                self.failed += sum(key not in self._materialized for key in self._steps[event.step].assets)
                return [] if self._canceled else [*self._after_failure(event.step), *self._launch()]
            case StepUpForRetry():
                return self._after_attempt(event)
            case StepCanceled():
                self._end(event.step, StepStatus.CANCELED)
                self._canceled = True
                return [] if self._stopped else self.cancel()
            case _:
                pass
        return []

    def _pending(self) -> list[Step]:
        return [step for key, step in self._steps.items() if self.status[key] is StepStatus.PENDING]

    def _launch(self) -> list[Command]:
        commands: list[Command] = []
        while self._ready and self._free and not self._stopped:
            _, _, key = heapq.heappop(self._ready)
            if self.status[key] is StepStatus.PENDING:
                self.status[key] = StepStatus.RUNNING
                self._free -= 1
                commands.append(LaunchStep(self._concrete(self._steps[key]), self._attempts.get(key, 0)))
        return commands

    def _make_ready(self, keys: Iterable[str]) -> None:
        """Let steps be launched after all that are ready already; at one moment, the earlier in the plan goes first."""
        for key in keys:
            heapq.heappush(self._ready, (-self._steps[key].priority, self._ready_so_far, key))
            self._ready_so_far += 1

    def _waits_no_more(self, keys: Iterable[str]) -> None:
        """One thing that each of these steps waited for is there."""
        freed = []
        for key in keys:
            self._waiting[key] -= 1
            if self._waiting[key] == 0:
                freed.append(key)
        self._make_ready(sorted(freed, key=self._order.__getitem__) if len(freed) > 1 else freed)

    def _end(self, key: str, status: StepStatus) -> None:
        if self.status[key] is StepStatus.RUNNING:
            self._free += 1
        self.status[key] = status
        self._open -= 1

    def _end_unlaunched(self, command: SkipStep | CancelStep) -> Command:
        if isinstance(command, SkipStep):
            self._end(command.step.key, StepStatus.SKIPPED)
            self.skipped += len(command.step.assets)
        else:
            self._end(command.step.key, StepStatus.CANCELED)
        return command

    def _after_attempt(self, event: StepUpForRetry) -> list[Command]:
        key = event.step
        self._attempts[key] = self._attempts.get(key, 0) + 1
        self.status[key] = StepStatus.PENDING
        self._free += 1
        for output in self._steps[key].outputs:  # what a failed attempt made does not count
            self._produced.pop((key, output.name), None)
        if self._stopped:
            return [self._end_unlaunched(CancelStep(self._steps[key]))]
        if event.wait_s > 0:
            return [DelayRetry(self._steps[key], event.wait_s), *self._launch()]
        return self.retry_due(key)

    def _after_success(self, done: Step) -> list[Command]:
        if done.key in self._templates:
            self._expand(done)
        missing = self._missing(done)
        commands: list[Command] = []
        goes_on = []
        for key in self._downstream[done.key]:
            if self.status[key] is not StepStatus.PENDING:
                continue
            step = self._steps[key]
            absent = tuple(_absent(step, missing)) if missing else ()
            if absent:
                commands += self._skip_with_downstream(step, absent, "not produced")
            else:
                goes_on.append(key)
        self._waits_no_more(goes_on)
        return commands

    def _missing(self, done: Step) -> set[tuple[str, str]]:
        """The outputs that a step may leave out and did: as (empty, asset), or as (step, output)."""
        missing = set()
        for output in done.outputs:
            if output.key:
                if output.key not in self._materialized:
                    missing |= {("", output.key), (done.key, output.name)}
            elif not output.dynamic and (done.key, output.name) not in self._produced:
                missing.add((done.key, output.name))
        return missing

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
        pending = [step]
        while pending:
            skipped = pending.pop()
            for key in self._downstream[skipped.key]:
                if self.status[key] is not StepStatus.PENDING:
                    continue
                if reason == "not produced" and self._goes_on_without(self._steps[key], skipped.key):
                    self._waits_no_more([key])
                    continue
                commands.append(self._end_unlaunched(SkipStep(self._steps[key], because, reason)))
                pending.append(self._steps[key])
        return commands

    def _goes_on_without(self, step: Step, skipped: str) -> bool:
        """Whether a step takes lists only of what a skipped step would have made."""
        template = skipped.partition("[")[0]
        takes = [(one, value) for one in step.inputs for value in one.values if value.step in (skipped, template)]
        return bool(takes) and all(one.fan_in or value.collect for one, value in takes)

    def _expand(self, done: Step) -> None:
        """Replace the templates over the dynamic output of a step by their copies."""
        keys = [key for output in done.outputs for key in self._produced.get((done.key, output.name), ()) if key]
        templates = [key for key in self._templates[done.key] if self.status[key] is StepStatus.PENDING]
        for template in templates:
            self._copies[template] = {one: f"{template}[{one}]" for one in keys}
        for template in templates:
            step = self._steps.pop(template)
            del self.status[template]
            self._open += len(keys) - 1
            for number, mapping_key in enumerate(keys):
                copied = {one: self._copies[one][mapping_key] for one in templates}
                self._add(
                    step.copy_for(mapping_key, copied), (self._order[template][0], number + 1), self._waiting[template]
                )
            self._reconnect(step, keys, set(templates))
        # the templates themselves are gone: the copies are what waits for this step
        self._downstream[done.key] = [
            copy
            for key in self._downstream[done.key]
            for copy in (self._copies[key].values() if key in self._copies else (key,))
        ]

    def _add(self, copy: Step, order: tuple[int, int], waiting: int) -> None:
        self._steps[copy.key] = copy
        self._order[copy.key] = order
        self._downstream[copy.key] = []
        self._waiting[copy.key] = waiting
        self.status[copy.key] = StepStatus.PENDING

    def _reconnect(self, template: Step, keys: list[str], templates: set[str]) -> None:
        """Let what waited for a template wait for its copies, and the copies for what the template waited for."""
        copies = self._copies[template.key]
        for key in self._downstream[template.key]:
            if key in templates:
                for mapping_key in keys:
                    self._downstream[copies[mapping_key]].append(f"{key}[{mapping_key}]")
                continue
            for copy in copies.values():
                self._downstream[copy].append(key)
            if self.status[key] is StepStatus.PENDING:
                self._waiting[key] += len(keys) - 1
                if self._waiting[key] == 0:
                    self._make_ready([key])
        for upstream in template.upstream:
            if upstream not in templates and upstream != template.mapped_over:
                waiters = self._downstream[upstream]
                waiters.remove(template.key)
                waiters.extend(copies.values())

    def _concrete(self, step: Step) -> Step:
        """A step with the values it really gets: what is collected by name, without what was not produced."""
        if not any(one.fan_in or any(value.collect for value in one.values) for one in step.inputs):
            return step
        return msgspec.structs.replace(step, inputs=tuple(self._concrete_input(one) for one in step.inputs))

    def _concrete_input(self, one: StepInput) -> StepInput:
        if not (one.fan_in or any(value.collect for value in one.values)):
            return one
        values = [found for value in one.values for found in self._concrete_values(value)]
        return msgspec.structs.replace(one, values=tuple(values), fan_in=True)

    def _concrete_values(self, value: ValueSource) -> Iterator[ValueSource]:
        if value.collect and value.step in self._copies:
            sources: Iterable[ValueSource] = (
                ValueSource(copy, value.output) for copy in self._copies[value.step].values()
            )
        elif value.collect:
            sources = (
                ValueSource(value.step, value.output, key) for key in self._produced.get((value.step, value.output), ())
            )
        else:
            sources = (value,)
        return (one for one in sources if self._is_produced(one))

    def _is_produced(self, value: ValueSource) -> bool:
        if (value.step, value.output) in self._produced:
            return True
        made = next(one for one in self._steps[value.step].outputs if one.name == value.output)
        return made.key in self._materialized


def _absent(step: Step, missing: set[tuple[str, str]]) -> Iterator[str]:
    """What keeps a step from running: names of the outputs it needs that were not produced."""
    for one in step.inputs:
        if one.key:
            if ("", one.key) in missing:
                yield one.key
        elif not one.fan_in:
            yield from (
                f"{value.step}.{value.output}"
                for value in one.values
                if not value.collect and (value.step, value.output) in missing
            )
