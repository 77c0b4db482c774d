"""The state of a run: a pure machine. Events go in, commands come out; nothing here does anything.

A step is pending until all its upstream steps have ended and one of `max_running` slots is free; what could run first is
launched first, unless its tag says otherwise. A step that fails keeps everything downstream of it from running. A step
that was skipped does not: what takes lists goes on with the rest of them, and is skipped if there is no rest. Every
planned step ends in exactly one of success, failure, skipped or canceled, and then the run is over.

A step that is mapped over a dynamic output is a template: when the step with that output has ended well, the template is
replaced by one copy per value. What collects waits for all copies.

Steps that an earlier run did have ended well before the first command: they give what they made to what comes after them,
and are in no command.
"""

import heapq
from collections.abc import Collection, Iterator, Sequence

import msgspec
from msgspec import Struct

from orchestrator.execution.pool_lines import PoolLines
from orchestrator.execution.tag_slots import TagLimit, TagSlots
from orchestrator.planning.plan import RunPlan, Step, StepInput, ValueSource
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
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
    #: How long the steps of its graph took that lead to its assets, in seconds.
    spent_s: float = 0.0


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
    #: Its assets, but for those that failed already, with a step of their graph.
    assets: tuple[str, ...] = ()


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
        tag_limits: how many steps with certain tags may run at once.
    """

    def __init__(
        self,
        plan: RunPlan,
        *,
        max_running: int = 1,
        fail_fast: bool = False,
        tag_limits: Sequence[TagLimit] = (),
    ) -> None:
        self._tags = TagSlots(tag_limits) if tag_limits else None
        self._pools: PoolLines | None = None
        self._steps = {step.key: step for step in plan.steps}
        self._free = max_running
        self._fail_fast = fail_fast
        self._downstream: dict[str, list[str]] = {step.key: [] for step in plan.steps}
        #: By step with dynamic outputs, what is mapped over them.
        self._templates: dict[str, list[str]] = {}
        for step in plan.steps:
            for upstream in step.upstream:
                self._downstream[upstream].append(step.key)
            if step.mapped_over:
                self._templates.setdefault(step.mapped_over, []).append(step.key)
        #: How many upstream steps have not ended.
        self._waiting = {step.key: len(step.upstream) for step in plan.steps}
        self.status = dict.fromkeys(self._steps, StepStatus.PENDING)
        self._open = len(self._steps)
        #: The steps that could run now: the most urgent first, then the one that waits longest.
        self._ready: list[tuple[int, int, str]] = []
        self._pushed = 0
        for key, count in self._waiting.items():
            if count == 0:
                self._push(key)
        self._stopped = False
        self._canceled = False
        self._failed = False
        self._materialized: set[str] = set()
        #: Those of them that an earlier run made.
        self._kept: set[str] = set()
        self._observed: set[str] = set()
        self._failed_assets: set[str] = set()
        #: By asset of a graph, how long the steps took that lead to it.
        self._spent: dict[str, float] = {}
        #: Outputs that are no assets, and the mapping keys of dynamic ones, in the order they came.
        self._produced: dict[tuple[str, str], list[str | None]] = {}
        #: What was left out, or would have been made by skipped steps: an asset, or a step and its output; and why.
        self._absent: dict[str | tuple[str, str], tuple[str, ...]] = {}
        #: Templates that were replaced, and their copies by mapping key.
        self._copies: dict[str, dict[str, str]] = {}
        self._replaced: dict[str, Step] = {}
        self._attempts: dict[str, int] = {}
        #: Count of assets.
        self.skipped = 0
        self._done = plan.done
        #: What follows from what is done, until the first command is asked for.
        self._held: list[Command] = self._take_up() if plan.done else []

    @property
    def failed(self) -> int:
        """How many assets failed."""
        return len(self._failed_assets)

    @property
    def materialized(self) -> int:
        """How many assets were materialized."""
        return len(self._materialized) - len(self._kept)

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

    def limit_pools(self, pools: Collection[str]) -> None:
        """Expect that a step of one of these pools may be put off; said before the start."""
        self._pools = PoolLines(pools)

    def start(self) -> list[Command]:
        """The commands to begin with."""
        return [*self._release(), *self._launch()]

    def cancel(self) -> list[Command]:
        """Stop the run: what has not been launched never will be."""
        self._canceled = self._stopped = True
        return [*self._release(), *[self._end_unlaunched(CancelStep(step)) for step in self._pending()]]

    def give_up(self, reason: str) -> list[Command]:
        """Run nothing: the run failed before its first step."""
        self._stopped = self._failed = True
        return [*self._release(), *[self._skip(step, (), reason) for step in self._pending()]]

    def retry_due(self, key: str) -> list[Command]:
        """The time to wait before another attempt at a step is over."""
        if self.status[key] is StepStatus.PENDING:
            self._push(key)
        return self._launch()

    def put_off(self, key: str) -> list[Command]:
        """A step that was launched got no slot of its pool: it waits, and others go on."""
        assert self._pools is not None
        self.status[key] = StepStatus.PENDING
        self._set_free(key)
        self._pools.put_off(self._steps[key])
        return self._launch()

    def ask_pool(self, pool: str) -> list[Command]:
        """There may be a slot of a pool: the first step that waits for one tries again."""
        assert self._pools is not None
        entry = self._pools.next_of(pool)
        if entry is not None:
            heapq.heappush(self._ready, entry)
        return self._launch()

    def handle(self, event: Event) -> list[Command]:
        """Take note of what happened to a step and say what follows."""
        match event:
            case AssetMaterialized():
                self._materialized.add(event.asset)
                self._kept.discard(event.asset)
            case AssetObserved():
                self._observed.add(event.asset)
            case OutputProduced():
                self._produced.setdefault((event.step, event.output), []).append(event.mapping_key)
            case StepSucceeded():
                self._end(event.step, StepStatus.SUCCESS)
                for key in self._steps[event.step].leads_to:
                    self._spent[key] = self._spent.get(key, 0.0) + event.duration_s
                return [] if self._stopped else [*self._after_success(self._steps[event.step]), *self._launch()]
            case StepFailed():
                self._end(event.step, StepStatus.FAILURE)
                self._failed_assets.update(self._steps[event.step].at_stake)
                self._failed_assets -= self._materialized
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

    def _take_up(self) -> list[Command]:
        """Let what is done have ended, all of it before anything is made of it."""
        ended = [key for key in self._steps if key in self._done]
        for key in ended:
            self._end_before(key)
        commands: list[Command] = []
        for key in ended:  # grows by copies, which are not known before
            templates = list(self._templates.get(key, ()))
            commands += self._after_success(self._steps[key])
            copies = (copy for one in templates for copy in self._copies[one].values())
            ended += [copy for copy in copies if copy in self._done]
        return commands

    def _end_before(self, key: str) -> None:
        """A step was ended by an earlier run."""
        one = self._done[key]
        self._end(key, StepStatus.SUCCESS)
        for output, mapping_key in one.outputs:
            self._produced.setdefault((key, output), []).append(mapping_key)
        self._materialized.update(one.materialized)
        self._kept.update(one.materialized)
        self._observed.update(one.observed)
        for asset in self._steps[key].leads_to:
            self._spent[asset] = self._spent.get(asset, 0.0) + one.duration_s

    def _release(self) -> list[Command]:
        held, self._held = self._held, []
        return held

    def _pending(self) -> list[Step]:
        return [step for key, step in self._steps.items() if self.status[key] is StepStatus.PENDING]

    def _push(self, key: str) -> None:
        self._pushed += 1
        heapq.heappush(self._ready, (-self._steps[key].priority, self._pushed, key))

    def _launch(self) -> list[Command]:
        commands: list[Command] = []
        while self._ready and self._free and not self._stopped:
            entry = heapq.heappop(self._ready)
            key = entry[2]
            if self.status[key] is StepStatus.PENDING:
                if self._pools is not None and not self._pools.may_ask(entry, self._steps[key]):
                    continue  # it waits behind others of its pool
                if self._tags is not None and not self._tags.take(self._steps[key]):
                    continue  # it comes back when a step with such a tag has ended
                self.status[key] = StepStatus.RUNNING
                self._free -= 1
                step = self._concrete(self._steps[key])
                spent = max((self._spent.get(asset, 0.0) for asset in step.assets), default=0.0) if self._spent else 0.0
                commands.append(LaunchStep(step, self._attempts.get(key, 0), spent))
        return commands

    def _end(self, key: str, status: StepStatus) -> None:
        if self.status[key] is StepStatus.RUNNING:
            self._set_free(key)
        self.status[key] = status
        self._open -= 1

    def _set_free(self, key: str) -> None:
        self._free += 1
        if self._tags is not None:
            for waiting in self._tags.give_back(self._steps[key]):
                self._push(waiting)

    def _end_unlaunched(self, command: SkipStep | CancelStep) -> Command:
        if isinstance(command, SkipStep):
            self._end(command.step.key, StepStatus.SKIPPED)
            self.skipped += len(command.assets)
        else:
            self._end(command.step.key, StepStatus.CANCELED)
        return command

    def _after_attempt(self, event: StepUpForRetry) -> list[Command]:
        key = event.step
        self._attempts[key] = self._attempts.get(key, 0) + 1
        self.status[key] = StepStatus.PENDING
        self._set_free(key)
        for output in self._steps[key].outputs:  # what a failed attempt made does not count
            self._produced.pop((key, output.name), None)
        if self._stopped:
            return [self._end_unlaunched(CancelStep(self._steps[key]))]
        if event.wait_s > 0:
            return [DelayRetry(self._steps[key], event.wait_s), *self._launch()]
        return self.retry_due(key)

    def _after_failure(self, failed: str) -> list[Command]:
        commands: list[Command] = []
        ended = [failed]
        while ended:
            for key in self._downstream[ended.pop()]:
                if self.status[key] is StepStatus.PENDING:
                    commands.append(self._skip(self._steps[key], (failed,), "upstream failed"))
                    ended.append(key)
        if self._fail_fast and not self._stopped:
            self._stopped = True
            commands += [self._skip(step, (), "fail-fast") for step in self._pending()]
        return commands

    def _after_success(self, done: Step) -> list[Command]:
        self._note_absent(done)
        commands: list[Command] = []
        ended = [done]
        for one in ended:  # grows by what is skipped
            without_copies = self._expand(one) if one.key in self._templates else []
            for key in [*without_copies, *self._freed_by(one.key)]:
                because = self._absence(self._steps[key]) if self._absent else ()
                if because:
                    commands.append(self._skip_unfed(self._steps[key], because))
                    ended.append(self._steps[key])
                else:
                    self._push(key)
        return commands

    def _freed_by(self, ended: str) -> list[str]:
        """The steps that waited for nothing but this one."""
        freed = []
        for key in self._downstream[ended]:
            if self.status[key] is StepStatus.PENDING:
                self._waiting[key] -= 1
                if self._waiting[key] == 0:
                    freed.append(key)
        return freed

    def _skip(self, step: Step, because: tuple[str, ...], reason: str) -> Command:
        assets = tuple([key for key in step.assets if key not in self._failed_assets])
        return self._end_unlaunched(SkipStep(step, because, reason, assets))

    def _skip_unfed(self, step: Step, because: tuple[str, ...]) -> Command:
        for output in step.outputs:
            self._absent[step.key, output.name] = because
            if output.key:
                self._absent[output.key] = because
        return self._skip(step, because, "not produced")

    def _note_absent(self, done: Step) -> None:
        """Take note of the outputs that a step may leave out and did."""
        for output in done.outputs:
            if output.required:
                continue
            if output.key:
                if output.key not in self._materialized and output.key not in self._observed:
                    self._absent[output.key] = self._absent[done.key, output.name] = (output.key,)
            elif (done.key, output.name) not in self._produced:
                self._absent[done.key, output.name] = (f"{done.key}.{output.name}",)

    def _absence(self, step: Step) -> tuple[str, ...]:
        """What keeps a step from running: names of what it needs and nobody produced."""
        found: dict[str, None] = {}
        for one in step.inputs:
            if one.key:
                found |= dict.fromkeys(self._absent.get(one.key, ()))
                continue
            collects = one.fan_in or any(value.collect for value in one.values)
            missing = [self._absent.get((value.step, value.output), ()) for value in self._sources(one)]
            if all(missing) if collects else any(missing):
                found |= dict.fromkeys(name for names in missing for name in names)
        return tuple(found)

    def _expand(self, done: Step) -> list[str]:
        """Replace the templates over the dynamic outputs of a step by their copies; there are none if it was skipped.

        Returns:
            The steps that waited for copies that there are none of.
        """
        templates = [key for key in self._templates[done.key] if self.status[key] is StepStatus.PENDING]
        for template in templates:
            keys = self._produced.get((done.key, self._steps[template].mapped_output), ())
            self._copies[template] = {key: f"{template}[{key}]" for key in keys if key}
        for template in templates:
            step = self._replaced[template] = self._steps.pop(template)
            del self.status[template]
            self._open -= 1
            for mapping_key, copy in self._copies[template].items():
                own = {one: self._copies[one][mapping_key] for one in step.upstream if one in self._copies}
                self._add(copy, step.copy_for(mapping_key, own), self._waiting[template])
        freed: list[str] = []
        for template in templates:
            freed += self._reconnect(template)
        return freed

    def _add(self, key: str, copy: Step, waiting: int) -> None:
        self._steps[key] = copy
        self._downstream[key] = []
        self._waiting[key] = waiting
        self.status[key] = StepStatus.PENDING
        self._open += 1
        if key in self._done:
            self._end_before(key)

    def _reconnect(self, template: str) -> list[str]:
        """Let what waited for a template wait for its copies, and the copies for what the template waited for."""
        copies = self._copies[template]
        freed = []
        for key in self._downstream.pop(template):
            if key in self._copies:
                for mapping_key, copy in copies.items():
                    self._downstream[copy].append(self._copies[key][mapping_key])
                continue
            for copy in copies.values():
                self._downstream[copy].append(key)
            self._waiting[key] += len(copies) - 1
            if self._waiting[key] == 0 and self.status[key] is StepStatus.PENDING:
                freed.append(key)
        for upstream in self._replaced[template].upstream:
            if upstream in self._copies:
                continue
            waiters = self._downstream[upstream]
            place = waiters.index(template)
            waiters[place : place + 1] = copies.values()
        return freed

    def _concrete(self, step: Step) -> Step:
        """A step with the values it really gets: what is collected by name, without what was not produced."""
        if not self._done and not any(one.fan_in or any(v.collect for v in one.values) for one in step.inputs):
            return step
        return msgspec.structs.replace(step, inputs=tuple(self._concrete_input(one) for one in step.inputs))

    def _concrete_input(self, one: StepInput) -> StepInput:
        if not (one.fan_in or any(value.collect for value in one.values)):
            if not any(value.step in self._done for value in one.values):
                return one
            return msgspec.structs.replace(one, values=tuple(map(self._from_its_run, one.values)))
        values = [value for value in self._sources(one) if (value.step, value.output) not in self._absent]
        return msgspec.structs.replace(one, values=tuple(map(self._from_its_run, values)), fan_in=True)

    def _from_its_run(self, value: ValueSource) -> ValueSource:
        """A value with the earlier run that made it, if one did."""
        done = self._done.get(value.step)
        return value if done is None else msgspec.structs.replace(value, run_id=done.run_id)

    def _sources(self, one: StepInput) -> Iterator[ValueSource]:
        """Where the values of an input come from, with every copy of a template and every value of a dynamic output.

        What was declared to give any number of values and gave none stands for itself, if it is absent.
        """
        for value in one.values:
            if not value.collect:
                yield value
                continue
            origin = (value.step, value.output)
            if value.step in self._copies:
                yield from (ValueSource(copy, value.output) for copy in self._copies[value.step].values())
                template = self._replaced[value.step]
                origin = (template.mapped_over, template.mapped_output)
            else:
                yield from (ValueSource(*origin, key) for key in self._produced.get(origin, ()))
            if origin in self._absent:
                yield ValueSource(*origin)
