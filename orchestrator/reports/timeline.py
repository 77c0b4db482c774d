"""What a run did with its time, as data: when each step ran and where, what it waited for, how busy the workers were."""

from collections.abc import Iterator

from msgspec import Struct

from orchestrator.runs.records import StepStatus


class StepAttempt(Struct, frozen=True, kw_only=True):
    """One attempt at a step."""

    #: How many came before.
    attempt: int
    #: What ran it; empty in the process of the coordinator.
    worker: str
    pid: int
    #: Seconds since 1970 (UTC); what runs still ends now.
    started: float
    ended: float
    #: `success`, `failure`, `canceled` or `running`.
    status: StepStatus
    cpu_s: float | None = None
    peak_rss: int | None = None
    #: Time that had to pass before the next attempt.
    wait_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """How long it took."""
        return self.ended - self.started


class TimelineStep(Struct, frozen=True, kw_only=True):
    """A step of a run."""

    step: str
    status: StepStatus
    location: str = ""
    #: The assets that it made.
    assets: tuple[str, ...] = ()
    #: The steps that had to end first, copies by their own names.
    upstream: tuple[str, ...] = ()
    #: When the last of those had ended; None if the step never ran.
    ready: float | None = None
    attempts: tuple[StepAttempt, ...] = ()
    #: Whether it is part of the critical path.
    critical: bool = False
    #: Why it did not end well.
    detail: str = ""

    @property
    def duration_s(self) -> float:
        """How long its attempts took together."""
        return sum(one.duration_s for one in self.attempts)

    @property
    def taken_s(self) -> float:
        """How long it takes where a worker is always free: its attempts, and what must pass between them."""
        return self.duration_s + sum(one.wait_s for one in self.attempts[:-1])

    @property
    def waits(self) -> Iterator[tuple[float, float]]:
        """From when to when an attempt could have run and did not."""
        since = self.ready
        for one in self.attempts:
            if since is not None and since < one.started:
                yield since, one.started
            since = one.ended + one.wait_s

    @property
    def waited_s(self) -> float:
        """How long it could have run and did not."""
        return sum(until - since for since, until in self.waits)

    @property
    def worker(self) -> str:
        """Where it ran last."""
        return self.attempts[-1].worker if self.attempts else ""

    @property
    def cpu_s(self) -> float | None:
        """The time of processors that its attempts took, where it is known."""
        known = [one.cpu_s for one in self.attempts if one.cpu_s is not None]
        return sum(known) if known else None

    @property
    def peak_rss(self) -> int | None:
        """The most memory that one of its attempts held, in bytes, where it is known."""
        return max((one.peak_rss for one in self.attempts if one.peak_rss is not None), default=None)


class Lane(Struct, frozen=True, kw_only=True):
    """What one worker ran."""

    #: Its name; empty for the process of the coordinator.
    worker: str
    #: The keys of the steps that it ran, or ran last, in the order in which they began.
    steps: tuple[str, ...]
    busy_s: float


class Timeline(Struct, frozen=True, kw_only=True):
    """A run and its time. The workers' time is the span times their number, and each second of it is one of three kinds."""

    executor: str
    #: How many steps could run at once.
    max_workers: int
    started: float
    #: The end of the run; of one that goes on, now; of one whose process died, the last thing that is known of it.
    ended: float
    #: In the order in which they began; then those that never did.
    steps: tuple[TimelineStep, ...]
    lanes: tuple[Lane, ...]
    #: The chain of steps that takes longest: the run could not have been shorter with any number of workers.
    critical_path: tuple[str, ...]
    critical_path_s: float
    #: Time of workers in steps.
    busy_s: float
    #: Time of workers that had nothing to do because no step was ready.
    waiting_s: float
    #: Time of workers that had nothing to do while a step was ready: it was being started, or a limit held it up.
    overhead_s: float

    @property
    def span_s(self) -> float:
        """How long the run took."""
        return self.ended - self.started

    @property
    def efficiency(self) -> float | None:
        """Which part of the workers' time went into steps; None if none passed."""
        total = self.max_workers * self.span_s
        return self.busy_s / total if total > 0 else None

    def lead(self, count: int) -> tuple[TimelineStep, ...]:
        """The steps to look at first: of those that failed, the critical path and all, the slowest each.

        Args:
            count: so many of each of the three.
        """
        slowest = sorted(self.steps, key=lambda step: -step.duration_s)
        failed = [step for step in slowest if step.status is StepStatus.FAILURE]
        critical = [step for step in slowest if step.critical]
        wanted = {step.step for some in (failed, critical, slowest) for step in some[:count]}
        return tuple(step for step in self.steps if step.step in wanted)
