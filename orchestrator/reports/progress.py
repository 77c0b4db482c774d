"""Where a run stands, by its events: what runs, what has ended, what is still to come."""

from msgspec import Struct

from orchestrator.planning.plan import RunPlan, Step
from orchestrator.runs.events import (
    Event,
    OutputProduced,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)


class RunningStep(Struct, frozen=True):
    """A step that runs."""

    step: str
    location: str
    #: What runs it; empty in the process of the coordinator.
    worker: str
    pid: int
    #: When it began, by the clock of whoever looks.
    since: float


class Progress:
    """Where a run stands. A mapped step counts once until it is known for what it is copied.

    Args:
        plan: what the run will do.
    """

    def __init__(self, plan: RunPlan) -> None:
        #: The steps that have not ended, and what they wait for; copies are not named there, but what they are copies of.
        self.pending: dict[str, tuple[str, ...]] = {step.key: step.upstream for step in plan.steps}
        #: By step that became copies, their keys.
        self.copies: dict[str, list[str]] = {}
        self.running: dict[str, RunningStep] = {}
        #: Steps that wait for another attempt.
        self.retrying: dict[str, None] = {}
        #: How long the steps that ended well took.
        self.took: dict[str, float] = {}
        self.total = len(plan.steps)
        self.done = 0
        self.failed = 0
        self._mapped: dict[str, list[Step]] = {}
        #: By step with a dynamic output, its mapping keys by output; a step that is tried again makes them again.
        self._keys: dict[str, dict[str, dict[str, None]]] = {}
        for step in plan.steps:
            if step.mapped_over:
                self._mapped.setdefault(step.mapped_over, []).append(step)
        if plan.done:
            self._take_up(plan)

    def _take_up(self, plan: RunPlan) -> None:
        """Leave out what an earlier run did."""
        for step in plan.steps:
            for output, key in plan.done[step.key].outputs if step.key in plan.done else ():
                if key is not None:
                    self._keys.setdefault(step.key, {}).setdefault(output, {})[key] = None
            if step.key in plan.done:
                self._expand(step.key)
        for key in plan.done:
            self.pending.pop(key, None)
        self.total = len(self.pending)

    def see(self, event: Event, now: float) -> None:
        """Take note of an event that came now."""
        match event:
            case StepStarted():
                self.retrying.pop(event.step, None)
                self.running[event.step] = RunningStep(event.step, event.location, event.worker, event.pid, now)
            case OutputProduced() if event.mapping_key is not None:
                self._keys.setdefault(event.step, {}).setdefault(event.output, {})[event.mapping_key] = None
            case StepUpForRetry():
                self.running.pop(event.step, None)
                self.retrying[event.step] = None
                self._keys.pop(event.step, None)
            case StepSucceeded():
                self.took[event.step] = event.duration_s
                self._end(event.step)
                self._expand(event.step)
            case StepFailed():
                self.failed += 1
                self._end(event.step)
            case StepSkipped() | StepCanceled():
                self._end(event.step)
            case _:
                pass

    def _end(self, step: str) -> None:
        self.running.pop(step, None)
        self.retrying.pop(step, None)
        self.pending.pop(step, None)
        self.done += 1

    def _expand(self, step: str) -> None:
        """Put copies in the place of what is mapped over the outputs of a step."""
        templates = [one for one in self._mapped.get(step, ()) if one.key in self.pending]
        keys = self._keys.pop(step, {})
        together = {one.key for one in templates}
        for one in templates:
            del self.pending[one.key]
            mapping_keys = keys.get(one.mapped_output, {})
            self.copies[one.key] = [f"{one.key}[{key}]" for key in mapping_keys]
            for key, copy in zip(mapping_keys, self.copies[one.key], strict=True):
                self.pending[copy] = tuple(f"{name}[{key}]" if name in together else name for name in one.upstream)
            self.total += len(mapping_keys) - 1
